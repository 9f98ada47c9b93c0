import type { Expression } from '../../src/core/ir/expression.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';

/** Keras callbacks that never end a training. */
const HARMLESS =
  /^keras\.callbacks\.(ModelCheckpoint|TensorBoard|ReduceLROnPlateau|CSVLogger|History|ProgbarLogger|BaseLogger|RemoteMonitor|BackupAndRestore|TerminateOnNaN|SwapEMAWeights)$/;

/** True when the text shows every callback of a training, and none of them can end it. */
export function neverStops(program: Program, call: Call): boolean {
  const value = callbacksOf(call);
  if (value === 'unknown') return false;
  return value === undefined || isHarmless(program, value);
}

/** The argument `callbacks`; `unknown` where a spread may carry it. */
export function callbacksOf(call: Call): Expression | 'unknown' | undefined {
  const written = call.node.args.find(({ name }) => name === 'callbacks');
  if (written) return written.value;
  const argument = call.argument('callbacks');
  if (argument.kind === 'known') return argument.value;
  const isSpread = call.node.args.some(({ spread }) => spread !== undefined);
  return argument.kind === 'unknown' || isSpread ? 'unknown' : undefined;
}

function isHarmless(program: Program, expression: Expression): boolean {
  if (expression.kind === 'sequence') return expression.elements.every((element) => isHarmless(program, element));
  if (expression.kind === 'name' && isExtended(program, expression.name)) return false;
  const values = program.values(expression);
  return values.every((value) => {
    if (value.kind === 'constant') return value.value === null;
    if (value.kind === 'collection') return value.node.kind === 'sequence' && isHarmless(program, value.node);
    if (value.kind !== 'instance' || value.call === undefined) return false;
    return HARMLESS.test(program.callOf(value.call)?.name ?? '');
  });
}

/** `callbacks.append(…)`, `callbacks += […]`: what is added may end the training. */
function isExtended(program: Program, name: string): boolean {
  return new RegExp(`\\b${name}\\s*(\\.(append|extend|insert)\\(|\\+=)`).test(program.module.text);
}
