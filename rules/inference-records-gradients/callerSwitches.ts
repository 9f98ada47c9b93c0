import type { Expression } from '../../src/core/ir/expression.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { argumentFor } from '../shared/argumentFor.ts';

type CallsOf = (receiver: string) => readonly Call[];

/**
 * The switch to evaluation before a call of the function that runs the model, where the model is one of its parameters: `model.eval()`
 * and then `validate(model, loader)`. Every call has to come after one, and none after a later `model.train()`.
 */
export function switchedByCallers(
  program: Program,
  forward: Call,
  model: Expression,
  switchesOf: CallsOf,
  returnsOf: CallsOf,
): Call | undefined {
  const owner = forward.place.function;
  if (owner === undefined || model.kind !== 'name') return undefined;
  if (!owner.parameters.some(({ target }) => target.kind === 'name' && target.name === model.name)) return undefined;
  const found = program.callsTo(owner).map((caller) => {
    const given = argumentFor(caller, owner, model.name)?.value;
    if (given === undefined) return undefined;
    const name = program.text(given);
    const isBefore = ({ place, node }: Call): boolean =>
      place.function === caller.place.function && node.end <= caller.node.start;
    const evaluation = switchesOf(name).findLast(isBefore);
    const isUndone = returnsOf(name).some(
      (call) => isBefore(call) && evaluation && call.node.start > evaluation.node.end,
    );
    return isUndone ? undefined : evaluation;
  });
  return found.every((evaluation) => evaluation !== undefined) ? found[0] : undefined;
}
