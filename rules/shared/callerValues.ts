import type { FunctionDefinition } from '../../src/core/ir/definition.ts';
import type { Expression } from '../../src/core/ir/expression.ts';
import type { Program } from '../../src/core/semantics/program.ts';
import type { Value } from '../../src/core/semantics/value.ts';

/**
 * Values of an expression; for a parameter of the function around it those that this file's calls give it, defaults included.
 * A function that nothing in the file calls keeps `unknown`: others may call it.
 */
export function valuesWithCallers(program: Program, expression: Expression): readonly Value[] {
  const own = program.values(expression);
  if (expression.kind !== 'name' || !own.some((value) => value.kind === 'unknown')) return own;
  const owner = program.place(expression).function;
  const index =
    owner?.parameters.findIndex(({ target }) => target.kind === 'name' && target.name === expression.name) ?? -1;
  const callers = owner ? program.callsTo(owner) : [];
  if (owner === undefined || index < 0 || callers.length === 0 || isAssignedIn(program, owner, expression.name))
    return own;
  return callers.flatMap((caller) => {
    const given = argumentFor(program, owner, index, caller.node.args);
    return given === undefined ? [{ kind: 'unknown' as const }] : program.values(given);
  });
}

/** The argument that a call gives to a parameter, or the default; `undefined` where a spread may carry it. */
function argumentFor(
  program: Program,
  owner: FunctionDefinition,
  index: number,
  args: readonly { readonly name?: string; readonly value: Expression; readonly spread?: string }[],
): Expression | undefined {
  const parameter = owner.parameters[index];
  if (parameter === undefined || parameter.rest || args.some(({ spread }) => spread !== undefined)) return undefined;
  const name = parameter.target.kind === 'name' ? parameter.target.name : undefined;
  const isMethod = program.classes.some(({ body }) =>
    body.some((member) => member.kind === 'function' && member.definition === owner),
  );
  const positional = args.filter((argument) => argument.name === undefined);
  const position = isMethod && !owner.isStatic ? index - 1 : index;
  return (
    args.find((argument) => argument.name === name)?.value ?? positional[position]?.value ?? parameter.defaultValue
  );
}

function isAssignedIn(program: Program, owner: FunctionDefinition, name: string): boolean {
  return new RegExp(`^\\s*${name}\\s*(=[^=]|\\+=)`, 'm').test(program.text(owner.bodySpan));
}
