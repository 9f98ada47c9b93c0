import type { FunctionDefinition } from '../../src/core/ir/definition.ts';
import type { Expression } from '../../src/core/ir/expression.ts';
import type { Program } from '../../src/core/semantics/program.ts';
import { argumentFor } from '../shared/argumentFor.ts';
import { methodName } from '../shared/devices.ts';

const MOST_STEPS = 3;

/** Fewest epochs that an expression gives unless the user asks for others: a constant, a default, an option of the command line. */
export function epochsOf(expression: Expression, program: Program, steps = 0): number | undefined {
  const constant = program.constant(expression);
  if (constant.kind === 'known') return typeof constant.value === 'number' ? constant.value : undefined;
  if (steps >= MOST_STEPS) return undefined;
  if (expression.kind === 'logical' && expression.operator !== 'and') {
    return epochsOf(expression.right, program, steps + 1);
  }
  if (expression.kind === 'attribute') return commandLineDefault(expression.name, program);
  const owner = program.place(expression).function;
  if (expression.kind !== 'name' || !owner) return undefined;
  return parameterDefault(expression.name, owner, program, steps);
}

function parameterDefault(
  name: string,
  owner: FunctionDefinition,
  program: Program,
  steps: number,
): number | undefined {
  const parameter = owner.parameters.find(({ target }) => target.kind === 'name' && target.name === name);
  if (!parameter || isAssigned(name, owner, program)) return undefined;
  const given = program
    .callsTo(owner)
    .map((call) => argumentFor(call, owner, name)?.value ?? parameter.defaultValue)
    .map((value) => value && epochsOf(value, program, steps + 1));
  if (given.length === 0) return parameter.defaultValue && epochsOf(parameter.defaultValue, program, steps + 1);
  const counts = given.filter((count) => count !== undefined);
  return counts.length === given.length ? Math.min(...counts) : undefined;
}

function isAssigned(name: string, owner: FunctionDefinition, program: Program): boolean {
  return new RegExp(`\\b${name}\\s*([-+*]?=(?![=>])|\\+\\+)`).test(program.text(owner.bodySpan));
}

/** Default of `--epochs` as argparse, yargs and commander declare it. */
function commandLineDefault(property: string, program: Program): number | undefined {
  if (!/epochs$/i.test(property)) return undefined;
  for (const call of program.calls) {
    if (!/^(add_?argument|option|options)$/i.test(methodName(call) ?? '')) continue;
    const [flag, settings] = call.node.args;
    if (flag?.value.kind !== 'literal' || String(flag.value.value).replace(/^--/, '') !== property) continue;
    if (settings?.value.kind !== 'mapping') continue;
    const entry = settings.value.entries.find(({ key }) => key === 'default' || key === 'defaultValue');
    const value = entry && program.constant(entry.value);
    if (value?.kind === 'known' && typeof value.value === 'number') return value.value;
  }
  return undefined;
}
