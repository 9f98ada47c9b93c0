import type { Expression } from '../../src/core/ir/expression.ts';
import type { Program } from '../../src/core/semantics/program.ts';
import { methodName } from './devices.ts';

/** Names under which programs keep what their command line says. */
const HOLDER = /^(args?|opts?|options|flags|config|cfg|FLAGS|parsed|hparams|params)$/;

export type Scalar = string | number | boolean | null;

/** Default of the flag that `args.<name>` reads, where this file declares it: `add_argument("--batch-size", default=32)`. */
export function flagDefault(program: Program, expression: Expression): Scalar | undefined {
  if (expression.kind !== 'attribute' || expression.object.kind !== 'name' || !HOLDER.test(expression.object.name))
    return undefined;
  for (const call of program.calls) {
    if (methodName(call) !== 'add_argument' || destination(program, call.node.args) !== expression.name) continue;
    const value = call.node.args.find(({ name }) => name === 'default')?.value;
    const constant = value && program.constant(value);
    return constant?.kind === 'known' ? constant.value : undefined;
  }
  return undefined;
}

/** Attribute that a flag is stored under: `dest`, else its first long name with underscores. */
function destination(
  program: Program,
  args: readonly { readonly name?: string; readonly value: Expression }[],
): string | undefined {
  const dest = args.find(({ name }) => name === 'dest');
  const names = args
    .filter(({ name }) => name === undefined)
    .map(({ value }) => program.constant(value))
    .flatMap((constant) => (constant.kind === 'known' && typeof constant.value === 'string' ? [constant.value] : []));
  if (dest) {
    const constant = program.constant(dest.value);
    return constant.kind === 'known' ? String(constant.value) : undefined;
  }
  const long = names.find((name) => name.startsWith('--')) ?? names[0];
  return long?.replace(/^-+/, '').replaceAll('-', '_');
}
