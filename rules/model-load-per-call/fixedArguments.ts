import type { Expression } from '../../src/core/ir/expression.ts';
import { walkFrom } from '../../src/core/ir/walk.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import type { Value } from '../../src/core/semantics/value.ts';
import { contains, type Span } from '../../src/core/text/span.ts';

const LONGEST_DERIVATION = 4;

/** True when no argument of the call changes from one run of `scope` (a loop or a function) to the next. */
export function hasFixedArguments(call: Call, scope: Span, program: Program): boolean {
  return inputsOf(call).every((value) => isFixed(value, scope, program, 0));
}

/** True when everything that the arguments of the call are made of is known: nothing in them is a choice of the user. */
export function hasKnownArguments({ node }: Call, program: Program): boolean {
  return node.args.every(({ value }) => isKnown(value, program, 0));
}

const BUILDS_PATH = /(^|\.)(URL|join|resolve|fileURLToPath|toString)\(\)$/;

function isKnown(value: Expression, program: Program, depth: number): boolean {
  if (value.kind === 'literal' || value.kind === 'function') return true;
  // `path = join(path, "x")` is made of itself.
  if (depth > LONGEST_DERIVATION) return false;
  if (value.kind === 'mapping') return value.entries.every((entry) => isKnown(entry.value, program, depth + 1));
  const names = [...walkFrom([{ kind: 'expression', node: value }])].flatMap(({ node }) =>
    node.kind === 'name' ? [node] : [],
  );
  return names.every((name) => program.values(name).every((item) => isKnownValue(item, program, depth)));
}

/** What a function of a library answers may be anything, such as a hook's state; a path that is put together is what its parts are. */
function isKnownValue(item: Value, program: Program, depth: number): boolean {
  if (item.kind !== 'instance') return item.kind !== 'unknown';
  if (item.type.endsWith('()') && !BUILDS_PATH.test(item.type)) return false;
  return item.call === undefined || item.call.args.every(({ value }) => isKnown(value, program, depth + 1));
}

/** Arguments and receiver: `loaders[name].load()` depends on the name. */
function inputsOf({ node: { args, callee } }: Call): readonly Expression[] {
  const values = args.map(({ value }) => value);
  return callee.kind === 'attribute' ? [...values, callee.object] : values;
}

/** Callbacks such as `progress_callback` are written anew each time and do not choose the model. */
function isFixed(value: Expression, scope: Span, program: Program, depth: number): boolean {
  if (value.kind === 'literal' || value.kind === 'function') return true;
  if (value.kind === 'mapping') return value.entries.every((entry) => isFixed(entry.value, scope, program, depth));
  if (program.constant(value).kind === 'known') return true;
  if (!program.dependsOn(value, scope)) return true;
  // A local that is made inside the scope from fixed parts only: `const llama = await getLlama()`.
  const source = depth < LONGEST_DERIVATION ? program.origin(value) : undefined;
  // What a function of the project makes for its caller has parts that mean nothing here.
  if (source?.name === undefined || !contains(scope, source.node)) return false;
  return inputsOf(source).every((input) => isFixed(input, scope, program, depth + 1));
}
