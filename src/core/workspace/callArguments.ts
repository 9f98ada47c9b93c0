import type { CallExpression, Expression } from '../ir/expression.ts';
import type { ArgumentSummary, ArgumentValue, ParameterSummary } from './moduleSummary.ts';

/** Longer argument lists are data, not options. */
const MOST_ARGUMENTS = 16;

/** Arguments of a call as other files are told them; `undefined` for a list that is too long to keep. */
export function argumentsOf(
  { args }: CallExpression,
  valueFor: (expression: Expression) => ArgumentValue,
): readonly ArgumentSummary[] | undefined {
  if (args.length > MOST_ARGUMENTS) return undefined;
  return args.map(({ name, value, spread }) => ({
    ...(name === undefined ? {} : { name }),
    ...(spread === undefined ? {} : { isSpread: true as const }),
    value: spread === undefined ? valueFor(value) : { values: [] },
  }));
}

/**
 * The argument that a parameter receives: `absent` where the call gives none, so that the default holds; `unknown` where a spread may
 * carry it.
 */
export function argumentFor(
  args: readonly ArgumentSummary[] | undefined,
  parameters: readonly ParameterSummary[],
  name: string,
): ArgumentValue | 'absent' | 'unknown' {
  if (!args) return 'unknown';
  const named = args.find((argument) => argument.name === name);
  if (named) return named.value;
  const index = parameters.findIndex((parameter) => parameter.name === name);
  const parameter = parameters[index];
  if (!parameter || parameter.form === 'rest' || args.some(({ isSpread }) => isSpread)) return 'unknown';
  if (parameter.form === 'keyword-only') return 'absent';
  const positional = args.filter((argument) => argument.name === undefined);
  return positional[index]?.value ?? 'absent';
}
