import type { Expression } from '../../src/core/ir/expression.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { contains, type Span } from '../../src/core/text/span.ts';

/** True when no argument of the call changes from one run of `scope` (a loop or a function) to the next. */
export function hasFixedArguments(call: Call, scope: Span, program: Program): boolean {
  return inputsOf(call).every((value) => isFixed(value, scope, program, 0));
}

/** Arguments and receiver: `loaders[name].load()` depends on the name. */
function inputsOf({ node: { args, callee } }: Call): readonly Expression[] {
  const values = args.map(({ value }) => value);
  return callee.kind === 'attribute' ? [...values, callee.object] : values;
}

const LONGEST_DERIVATION = 4;

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
