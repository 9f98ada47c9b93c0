import type { FunctionDefinition } from '../../src/core/ir/definition.ts';
import type { Expression } from '../../src/core/ir/expression.ts';
import type { Place } from '../../src/core/semantics/place.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { contains, type Span } from '../../src/core/text/span.ts';
import { readNames } from '../shared/expressionNames.ts';
import type { Scale } from '../shared/scale.ts';

/** A place that makes a new compiled function again and again. */
export interface Compilation {
  readonly place: Span;
  /** Compiler as it is known: `tf.function`. */
  readonly compiler: string;
  readonly scale: Scale;
}

const COMPILERS: Readonly<Record<string, string>> = {
  'tensorflow.function': 'tf.function',
  'jax.jit': 'jax.jit',
  'jax.pmap': 'jax.pmap',
  'numba.njit': 'numba.njit',
  'numba.jit': 'numba.jit',
};
/** Loops whose every turn is an experiment of its own. */
const EXPERIMENT =
  /fold|seed|config|model|trial|method|optimizer|size|shape|device|dtype|mode|agent|env|strategy|task/i;
const FEWEST_TURNS = 10;

export function* compilations(program: Program): Iterable<Compilation> {
  for (const call of program.calls) {
    const compiler = COMPILERS[call.name ?? ''];
    if (compiler === undefined || call.place.isMemoised) continue;
    const [first] = call.node.args;
    const scale = hotScale(call.place);
    if (first === undefined || scale === undefined || isInsideCompiled(program, call)) continue;
    if (makesNewFunction(program, call, first.value, scale)) yield { place: call.node, compiler, scale };
  }
  for (const definition of program.functions) yield* decorated(program, definition);
}

/** `@tf.function` on a function that is defined inside a loop or a handler. */
function* decorated(program: Program, definition: FunctionDefinition): Iterable<Compilation> {
  for (const { expression } of definition.decorators) {
    const callee = expression.kind === 'call' ? expression.callee : expression;
    const compiler = COMPILERS[program.qualifiedName(callee) ?? ''];
    if (compiler === undefined) continue;
    const place = program.place(callee);
    const scale = place.isMemoised ? undefined : hotScale(place);
    if (scale !== undefined && isCalled(program, definition)) yield { place: callee, compiler, scale };
  }
}

/** In a loop over many items or epochs, or in a handler of requests. */
function hotScale({ loops, entryPoint }: Place): Scale | undefined {
  const loop = loops.find(({ purpose, form, tripCount, target }) => {
    if (form === 'while' || !/^(items|epochs|batches)$/.test(purpose)) return false;
    if (tripCount !== undefined && tripCount < FEWEST_TURNS) return false;
    return target === undefined || !readNames(target).some((name) => EXPERIMENT.test(name));
  });
  if (loop) return { kind: 'items', loop };
  return entryPoint?.kind === 'request' ? { kind: 'request', entryPoint } : undefined;
}

/** JAX finds a function of the module again; TensorFlow makes a new object from any function. */
function makesNewFunction(program: Program, call: Call, compiled: Expression, scale: Scale): boolean {
  if (call.name === 'tensorflow.function') return true;
  if (compiled.kind === 'function') return true;
  if (compiled.kind === 'call') return program.callOf(compiled)?.name === 'functools.partial';
  const scope = scale.kind === 'items' ? scale.loop : undefined;
  return program
    .values(compiled)
    .every((value) => value.kind === 'function' && scope !== undefined && contains(scope, value.definition));
}

/** A compiler inside a function that is compiled itself runs once, while that one is traced. */
function isInsideCompiled(program: Program, { place }: Call): boolean {
  return (
    place.function?.decorators.some(({ expression }) => {
      const callee = expression.kind === 'call' ? expression.callee : expression;
      return COMPILERS[program.qualifiedName(callee) ?? ''] !== undefined;
    }) ?? false
  );
}

function isCalled(program: Program, definition: FunctionDefinition): boolean {
  return program.callsTo(definition).length > 0;
}
