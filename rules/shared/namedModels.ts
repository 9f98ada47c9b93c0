import type { Expression } from '../../src/core/ir/expression.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';

/** Model that a call names in the text. */
export interface NamedModel {
  readonly id: string;
  /** The argument's expression. */
  readonly expression: Expression;
  /** False when the id is only a default that callers may replace. */
  readonly isCertain: boolean;
}

/** The one model id that the text gives for a loading call; `undefined` when there is none or there are several. */
export function namedModel(program: Program, call: Call): NamedModel | undefined {
  const parameter = call.api?.modelParameter;
  const argument = parameter === undefined ? undefined : call.argument(parameter);
  if (argument?.kind !== 'known') return undefined;
  const values = program.values(argument.value);
  const ids = values.flatMap((value) =>
    value.kind === 'constant' && typeof value.value === 'string' ? [value.value] : [],
  );
  const [id] = ids;
  if (id === undefined || id === '' || ids.length > 1) return undefined;
  return { id, expression: argument.value, isCertain: values.length === 1 };
}

/** A checkpoint whose name says that its weights are quantised already. */
export function isQuantisedId(id: string): boolean {
  return /gptq|awq|gguf|exl2|fp8|nf4|int4|int8|4bit|8bit|bnb|mxfp4|gpt-oss|bitnet|-q[2-8](_|\b)|w[48]a(8|16)/i.test(id);
}

/** Checkpoints made for tests, a few thousand parameters. */
export function isToyId(id: string): boolean {
  return /(^|\/)(hf-internal-testing|trl-internal-testing|optimum-internal-testing|sshleifer\/tiny|patrickvonplaten\/tiny)|tiny-random|random-tiny|-testing$|dummy/i.test(
    id,
  );
}
