import type { FunctionDefinition } from '../ir/definition.ts';
import type { Expression } from '../ir/expression.ts';
import type { BoundModule } from '../semantics/binding/boundModule.ts';
import type { ArgumentPlace, ParameterUses } from '../semantics/parameterUses.ts';
import type { ParameterSummary, SummaryValue } from './moduleSummary.ts';

/** Parameters of a function with the methods that it calls on them, the functions that it hands them to, and whether it keeps them. */
export function parameterSummaries(
  definition: FunctionDefinition,
  uses: ParameterUses,
  valuesOf: (callee: Expression) => readonly SummaryValue[],
): readonly ParameterSummary[] {
  return uses.parameters(definition).map((parameter) => {
    const { target, defaultValue, rest, isKeywordOnly } = parameter;
    const methods = uses.methods(parameter);
    const handed = uses
      .handedTo(parameter)
      .flatMap(({ call, at }) => valuesOf(call.callee).map((callee) => ({ target: callee, at })));
    const handsTo = handed.filter(isReadable);
    const isKept = uses.isKept(parameter) || handsTo.length < handed.length;
    return {
      name: target.kind === 'name' ? target.name : '',
      form: rest ? 'rest' : isKeywordOnly ? 'keyword-only' : 'plain',
      ...(defaultValue?.kind === 'literal' ? { defaultValue: defaultValue.value } : {}),
      ...(methods.length > 0 ? { methods } : {}),
      ...(handsTo.length > 0 ? { handsTo } : {}),
      ...(isKept ? { isKept } : {}),
    };
  });
}

type Handed = { readonly target: SummaryValue; readonly at: ArgumentPlace | undefined };

function isReadable(handed: Handed): handed is Handed & { readonly at: ArgumentPlace } {
  const { target, at } = handed;
  return at !== undefined && target.kind !== 'unknown' && target.kind !== 'instance' && target.kind !== 'constant';
}

/** Name of the parameter of the function around it that an expression always holds. */
export function parameterNamed(expression: Expression, bound: BoundModule): string | undefined {
  if (expression.kind !== 'name') return undefined;
  const [definition, ...others] = bound.reads.get(expression)?.definitions ?? [];
  return definition?.kind === 'parameter' && others.length === 0 && definition.path.length === 0
    ? expression.name
    : undefined;
}
