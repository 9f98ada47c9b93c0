import type { FunctionDefinition } from '../ir/definition.ts';
import type { CallExpression } from '../ir/expression.ts';
import { type Context, frames } from './context.ts';
import type { Evaluator } from './evaluator.ts';

/** Calls that keep their function argument for later: it does not run when the code around it runs. */
const KEEPS_ITS_ARGUMENT =
  /(^|\.)(addEventListener|removeEventListener|on|once|setTimeout|useCallback|useImperativeHandle|useMemo|useState|useReducer|subscribe|register\w*|lazy|memo|forwardRef)$/;
const EFFECT = /^(p?react(\/\w+)?)\.(default\.)?use(Layout|Insertion)?Effect$/;

/**
 * The functions whose run a place is part of, innermost first; `undefined` stands for the module's own run. A function that is
 * handed straight to a call runs on behalf of the code around it (`items.map(fn)`, `promise.then(fn)`); one that is named or stored
 * runs only when something calls it, which is an edge of the call graph.
 */
export function* runsWithin(context: Context, evaluator: Evaluator): Iterable<FunctionDefinition | undefined> {
  let isHandedOver = true;
  for (const frame of frames(context)) {
    if (frame.kind === 'argument') {
      isHandedOver = runsItsArgument(frame.call, evaluator);
      continue;
    }
    if (frame.kind !== 'function' && frame.kind !== 'module') continue;
    if (!isHandedOver) return;
    if (frame.kind === 'module') yield undefined;
    else yield frame.kind === 'function' ? frame.definition : undefined;
    isHandedOver = false;
  }
}

function runsItsArgument(call: CallExpression, evaluator: Evaluator): boolean {
  const name = evaluator.calleeName(call) ?? (call.callee.kind === 'attribute' ? call.callee.name : '');
  // An effect with dependencies runs when they change, one without runs after every render.
  if (EFFECT.test(name)) return call.args.length < 2;
  return !KEEPS_ITS_ARGUMENT.test(name);
}
