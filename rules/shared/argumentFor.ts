import type { FunctionDefinition } from '../../src/core/ir/definition.ts';
import type { Argument } from '../../src/core/ir/expression.ts';
import type { Call } from '../../src/core/semantics/program.ts';

/** Argument that a call gives to a parameter of a function of this file; `undefined` when it is missing or a spread hides it. */
export function argumentFor(call: Call, definition: FunctionDefinition, name: string): Argument | undefined {
  const { args } = call.node;
  const keyword = args.find((argument) => argument.name === name);
  if (keyword) return keyword;
  const parameters = definition.parameters.filter(({ target }) => !isReceiver(target, definition));
  const index = parameters.findIndex(({ target }) => target.kind === 'name' && target.name === name);
  if (index < 0 || args.slice(0, index + 1).some((argument) => argument.spread !== undefined)) return undefined;
  const positional = args[index];
  return positional?.name === undefined ? positional : undefined;
}

function isReceiver(
  target: FunctionDefinition['parameters'][number]['target'],
  definition: FunctionDefinition,
): boolean {
  return definition.form === 'method' && target.kind === 'name' && (target.name === 'self' || target.name === 'cls');
}
