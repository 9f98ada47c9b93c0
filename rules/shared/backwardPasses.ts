import type { Expression } from '../../src/core/ir/expression.ts';
import type { Loop } from '../../src/core/semantics/place.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { methodName } from './devices.ts';

/** A backward pass in a loop, and the expression whose graph it goes through and frees. */
export interface Backward {
  readonly call: Call;
  readonly loop: Loop;
  readonly loss: Expression;
}

/** Objects of frameworks that take the loss as an argument: `accelerator.backward(loss)`. */
const TAKES_LOSS = /^(accelerator|fabric|self\.fabric|self\.accelerator|booster|engine|model_engine)$/;

/** Backward passes that free their graph, each with the loop in which it is a step. */
export function backwards(program: Program): readonly Backward[] {
  return program.calls.flatMap((call) => {
    if (methodName(call) !== 'backward') return [];
    const [loop] = call.place.loops;
    if (loop === undefined || loop.purpose === 'singlePass') return [];
    const loss = lossOf(program, call);
    return loss === undefined ? [] : [{ call, loop, loss }];
  });
}

/** `loss.backward()`, `scaler.scale(loss).backward()`, `(loss / steps).backward()`, `accelerator.backward(loss)`. */
function lossOf(program: Program, { node }: Call): Expression | undefined {
  if (node.callee.kind !== 'attribute') return undefined;
  const { object } = node.callee;
  if (node.args.length === 0) return plainLoss(object);
  const [only] = node.args;
  const isTaken = node.args.length === 1 && only?.name === undefined && only?.spread === undefined;
  return isTaken && only && TAKES_LOSS.test(program.text(object)) ? plainLoss(only.value) : undefined;
}

function plainLoss(expression: Expression): Expression | undefined {
  switch (expression.kind) {
    case 'name':
    case 'attribute':
      return expression;
    case 'operation': {
      const found = expression.operands.flatMap((operand) => plainLoss(operand) ?? []);
      return /^[*/]$/.test(expression.operator) ? found[0] : undefined;
    }
    case 'call': {
      const { callee, args } = expression;
      const isScaled = callee.kind === 'attribute' && callee.name === 'scale' && args.length === 1;
      return isScaled && args[0] ? plainLoss(args[0].value) : undefined;
    }
    default:
      return undefined;
  }
}
