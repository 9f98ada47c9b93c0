import type { Call, Program } from '../../src/core/semantics/program.ts';
import { methodName } from '../shared/devices.ts';
import { flagDefault } from '../shared/flagDefault.ts';

export interface Training {
  readonly call: Call;
  readonly epochs: number;
  /** The number is only the default of a flag. */
  readonly isDefault: boolean;
}

/** A `fit` of a Keras model with validation data and a number of epochs that the text gives. */
export function trainingOf(program: Program, call: Call): Training | undefined {
  if (!isFit(program, call) || !isValidated(program, call)) return undefined;
  // Trained in stages, each judged by hand.
  if (call.node.args.some(({ name }) => name === 'initial_epoch')) return undefined;
  const keyword = call.node.args.find(({ name }) => name === 'epochs' || name === 'nb_epoch')?.value;
  const argument = call.argument('epochs');
  const value = keyword ?? (argument.kind === 'known' ? argument.value : undefined);
  if (value === undefined) return undefined;
  const constant = program.constant(value);
  if (constant.kind === 'known')
    return typeof constant.value === 'number' ? { call, epochs: constant.value, isDefault: false } : undefined;
  const byFlag = flagDefault(program, value);
  return typeof byFlag === 'number' ? { call, epochs: byFlag, isDefault: true } : undefined;
}

function isFit(program: Program, call: Call): boolean {
  if (call.api?.name === 'keras.Model.fit') return true;
  const name = methodName(call);
  if (call.receiver === undefined || (name !== 'fit' && name !== 'fit_generator')) return false;
  const values = program.values(call.receiver);
  return values.length > 0 && values.every((value) => value.kind === 'instance' && value.type === 'keras.Model');
}

/** Validation data are given, and not `None` or a share of zero. */
function isValidated(program: Program, call: Call): boolean {
  return ['validation_data', 'validation_split'].some((parameter) => {
    const argument = call.argument(parameter);
    const value =
      argument.kind === 'known' ? argument.value : call.node.args.find(({ name }) => name === parameter)?.value;
    if (value === undefined) return false;
    const constant = program.constant(value);
    return !(constant.kind === 'known' && (constant.value === null || constant.value === 0));
  });
}
