import type { FunctionDefinition } from '../../src/core/ir/definition.ts';
import type { Expression } from '../../src/core/ir/expression.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import type { Value } from '../../src/core/semantics/value.ts';
import { argumentFor } from './argumentFor.ts';

const MOST_HOPS = 4;

/**
 * Values of an expression; for a parameter of the function around it those that the calls in this file and in the files that are
 * linked with it give it, defaults included, through up to four calls. A function that nothing calls keeps `unknown`.
 */
export function valuesWithCallers(program: Program, expression: Expression, depth = 0): readonly Value[] {
  const own = program.values(expression);
  if (expression.kind !== 'name' || !own.some((value) => value.kind === 'unknown')) return own;
  const owner = program.place(expression).function;
  const isParameter = owner?.parameters.some(({ target }) => target.kind === 'name' && target.name === expression.name);
  if (owner === undefined || !isParameter || isAssignedIn(program, owner, expression.name)) return own;
  const elsewhere = program.callerValues(owner, expression.name);
  const callers = depth < MOST_HOPS ? program.callsTo(owner) : [];
  if (callers.length === 0 && elsewhere.length === 0) return own;
  const here = callers.flatMap((caller) => {
    const given = givenTo(caller, owner, expression.name);
    return given === undefined ? [{ kind: 'unknown' as const }] : valuesWithCallers(program, given, depth + 1);
  });
  return [...here, ...elsewhere];
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
