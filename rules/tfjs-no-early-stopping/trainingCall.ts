import type { Expression, MappingEntry, MappingExpression } from '../../src/core/ir/expression.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { methodName } from '../shared/devices.ts';
import { epochsOf } from './epochsOf.ts';

/** A `fit` or `fitDataset` whose options are written at the call. */
export interface TrainingCall {
  readonly call: Call;
  readonly options: MappingExpression;
  readonly epochs: number;
  /** Training data are held out to validate on: `val_loss` exists. */
  readonly isValidated: boolean;
  readonly callbacks?: MappingEntry;
}

/**
 * `model.fit(x, y, { epochs })` and `model.fitDataset(dataset, { epochs })`, by shape where the receiver is a parameter: in a file
 * that imports TensorFlow.js nothing else takes these options.
 */
export function trainingCall(call: Call, program: Program): TrainingCall | undefined {
  const name = methodName(call);
  if (name !== 'fit' && name !== 'fitDataset') return undefined;
  if (call.name !== undefined && !/^@tensorflow\/tfjs[\w-]*\.(\w*Model|Sequential)\./.test(call.name)) return undefined;
  if (belongsElsewhere(call, program)) return undefined;
  const options = call.node.args[name === 'fit' ? 2 : 1]?.value;
  if (options?.kind !== 'mapping' || options.entries.some(({ isSpread, key }) => isSpread || key === undefined)) {
    return undefined;
  }
  const entry = (key: string): MappingEntry | undefined => options.entries.find((other) => other.key === key);
  const epochs = entry('epochs');
  const count = epochs && epochsOf(epochs.value, program);
  if (count === undefined) return undefined;
  const callbacks = entry('callbacks');
  return {
    call,
    options,
    epochs: count,
    isValidated: holdsOut(entry('validationSplit'), program) || holdsOut(entry('validationData'), program),
    ...(callbacks ? { callbacks } : {}),
  };
}

/** `validationSplit: 0` and `validationData: undefined` hold nothing out. */
function holdsOut(entry: MappingEntry | undefined, program: Program): boolean {
  if (!entry || program.text(entry.value) === 'undefined') return false;
  const value = program.constant(entry.value);
  return value.kind !== 'known' || (value.value !== 0 && value.value !== null);
}

/** The receiver is known, and is no model of TensorFlow.js: an object of an own class, or of another library. */
function belongsElsewhere({ receiver }: Call, program: Program): boolean {
  return (
    receiver !== undefined &&
    program
      .values(receiver)
      .some((value) => value.kind === 'object' || value.kind === 'externalObject' || value.kind === 'collection')
  );
}

/** True when what stands under `callbacks` cannot end the training: plain functions, charts, logs. Unknown is no proof. */
export function neverStops(callbacks: Expression, program: Program): boolean {
  if (callbacks.kind === 'literal') return callbacks.value === null;
  if (callbacks.kind === 'mapping') return callbacks.entries.every(({ isSpread }) => !isSpread);
  if (callbacks.kind === 'sequence') return callbacks.elements.every((element) => neverStops(element, program));
  if (callbacks.kind === 'conditional') {
    return neverStops(callbacks.consequent, program) && neverStops(callbacks.alternate, program);
  }
  if (callbacks.kind === 'call') return /(\.fitCallbacks|\.tensorBoard)$/.test(program.text(callbacks.callee));
  if (callbacks.kind !== 'name') return false;
  return isPlainParameter(callbacks.name, program, callbacks) || holdsPlainObject(callbacks, program);
}

/** A parameter that the types say is an object of functions. */
function isPlainParameter(name: string, program: Program, at: Expression): boolean {
  const parameter = program
    .place(at)
    .function?.parameters.find(({ target }) => target.kind === 'name' && target.name === name);
  return /^(?:\w+\.)?CustomCallbackArgs$/.test(parameter?.annotation?.trim() ?? '');
}

function holdsPlainObject(callbacks: Expression, program: Program): boolean {
  const values = program.values(callbacks);
  return values.every((value) => value.kind === 'collection' && value.node.kind === 'mapping');
}
