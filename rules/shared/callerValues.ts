import type { FunctionDefinition } from '../../src/core/ir/definition.ts';
import type { Expression } from '../../src/core/ir/expression.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import type { Value } from '../../src/core/semantics/value.ts';
import { argumentFor } from './argumentFor.ts';

/**
 * Values of an expression; for a parameter of the function around it those that this file's calls give it, defaults included.
 * A function that nothing in the file calls keeps `unknown`: others may call it.
 */
export function valuesWithCallers(program: Program, expression: Expression): readonly Value[] {
  const own = program.values(expression);
  if (expression.kind !== 'name' || !own.some((value) => value.kind === 'unknown')) return own;
  const owner = program.place(expression).function;
  const isParameter = owner?.parameters.some(({ target }) => target.kind === 'name' && target.name === expression.name);
  const callers = owner ? program.callsTo(owner) : [];
  if (owner === undefined || !isParameter || callers.length === 0 || isAssignedIn(program, owner, expression.name))
    return own;
  return callers.flatMap((caller) => {
    const given = givenTo(caller, owner, expression.name);
    return given === undefined ? [{ kind: 'unknown' as const }] : program.values(given);
  });
}

/** The argument that a call gives to a parameter, or the default; `undefined` where a spread may carry it. */
function givenTo(caller: Call, owner: FunctionDefinition, name: string): Expression | undefined {
  const parameter = owner.parameters.find(({ target }) => target.kind === 'name' && target.name === name);
  if (parameter?.rest || caller.node.args.some(({ spread }) => spread !== undefined)) return undefined;
  return argumentFor(caller, owner, name)?.value ?? parameter?.defaultValue;
}

function isAssignedIn(program: Program, owner: FunctionDefinition, name: string): boolean {
  return new RegExp(`^\\s*${name}\\s*(=[^=]|\\+=)`, 'm').test(program.text(owner.bodySpan));
}
