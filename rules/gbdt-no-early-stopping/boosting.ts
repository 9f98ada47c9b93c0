import type { Expression } from '../../src/core/ir/expression.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { methodName } from '../shared/devices.ts';
import { writtenArgument } from '../shared/writtenArgument.ts';
import { stopsEarly } from './stopping.ts';
import { watchedSets } from './watchedSets.ts';

export type Library = 'xgboost' | 'lightgbm' | 'catboost' | 'sklearn';

/** A training of many boosting rounds that nothing ends early. */
export interface Boosting {
  /** `train(…)` or the constructor of the estimator. */
  readonly call: Call;
  /** The `fit` of an estimator, which gets the validation data. */
  readonly fit?: Call;
  readonly library: Library;
  readonly rounds: number;
  /** `inert`: early stopping is there, and watches the training data. */
  readonly kind: 'missing' | 'inert';
}

/** Budgets below these end soon anyway. */
const MANY_ROUNDS = 300;
const MANY_TREES = 500;
const TREE_COUNTS = ['n_estimators', 'iterations', 'num_boost_round', 'num_trees', 'num_iterations'];

export function boostingOf(program: Program, call: Call): Boosting | undefined {
  if (call.name === 'xgboost.train' || call.name === 'lightgbm.train') return nativeTraining(program, call);
  if (/^(xgboost\.XGB\w*(Classifier|Regressor|Ranker)|lightgbm\.LGBM\w+|catboost\.CatBoost\w*)$/.test(call.name ?? ''))
    return estimator(program, call);
  return scikitLearn(program, call);
}

function nativeTraining(program: Program, call: Call): Boosting | undefined {
  const library = call.name === 'xgboost.train' ? 'xgboost' : 'lightgbm';
  const rounds = numberOf(program, call, ['num_boost_round']);
  const sets = watchedSets(program, call, library);
  if (rounds === undefined || rounds < MANY_ROUNDS || sets === undefined) return undefined;
  const stops = stopsEarly(program, call, library);
  if (stops === 'unknown') return undefined;
  const isWatched = sets.some((isTraining) => !isTraining);
  // XGBoost watches the last set alone, LightGBM all but the training set.
  const isInert = library === 'xgboost' ? sets.at(-1) === true : !isWatched && sets.length > 0;
  // The last training, on all rows, with the count that a validation has found.
  const count = call.argument('num_boost_round');
  if (count.kind === 'known' && /best/i.test(program.text(count.value))) return undefined;
  if (stops === 'yes') return isInert ? { call, library, rounds, kind: 'inert' } : undefined;
  return isWatched ? { call, library, rounds, kind: 'missing' } : undefined;
}

function estimator(program: Program, call: Call): Boosting | undefined {
  const library = libraryOf(call);
  const rounds = numberOf(program, call, TREE_COUNTS);
  if (rounds === undefined || rounds < MANY_TREES || stopsEarly(program, call, library) !== 'no') return undefined;
  const methods = program.methodCalls(call);
  if (methods.some((method) => methodName(method) === 'set_params')) return undefined;
  const fit = methods.find((method) => methodName(method) === 'fit' && hasValidation(program, method));
  if (fit === undefined || stopsEarly(program, fit, library) !== 'no') return undefined;
  return { call, fit, library, rounds, kind: 'missing' };
}

/** The estimators of scikit-learn split off validation data themselves. */
function scikitLearn(program: Program, call: Call): Boosting | undefined {
  const name = call.name ?? '';
  const rounds = numberOf(program, call, ['n_estimators', 'max_iter']);
  if (rounds === undefined || rounds < MANY_TREES) return undefined;
  const isFitted = program.methodCalls(call).some((method) => methodName(method) === 'fit');
  if (!isFitted || /\bstaged_(predict|decision)|warm_start|train_score_/.test(program.module.text)) return undefined;
  const missing = { call, library: 'sklearn', rounds, kind: 'missing' } as const;
  if (/^sklearn\.ensemble\.GradientBoosting(Classifier|Regressor)$/.test(name))
    return writtenArgument(program, call, 'n_iter_no_change').kind === 'absent' ? missing : undefined;
  if (!/^sklearn\.ensemble\.HistGradientBoosting(Classifier|Regressor)$/.test(name)) return undefined;
  const stopping = call.argument('early_stopping');
  return stopping.kind === 'known' && isFalse(program, stopping.value) ? missing : undefined;
}

function hasValidation(program: Program, fit: Call): boolean {
  const sets = writtenArgument(program, fit, 'eval_set');
  if (sets.kind !== 'known') return false;
  const training = fit.node.args.filter(({ name }) => name === undefined || name === 'X');
  const [data] = training;
  if (data === undefined) return false;
  // `eval_set=[(X_train, y_train)]` watches the training data.
  const pairs = program.values(sets.value.value).flatMap((value) => {
    return value.kind === 'collection' && value.node.kind === 'sequence' ? value.node.elements : [];
  });
  const first = (pair: Expression): Expression | undefined => (pair.kind === 'sequence' ? pair.elements[0] : pair);
  return pairs.some((pair) => {
    const watched = first(pair);
    return watched !== undefined && program.text(watched) !== program.text(data.value);
  });
}

function numberOf(program: Program, call: Call, names: readonly string[]): number | undefined {
  for (const name of names) {
    const argument = writtenArgument(program, call, name);
    if (argument.kind !== 'known') continue;
    const constant = program.constant(argument.value.value);
    return constant.kind === 'known' && typeof constant.value === 'number' ? constant.value : undefined;
  }
  return undefined;
}

function isFalse(program: Program, expression: Expression): boolean {
  const constant = program.constant(expression);
  return constant.kind === 'known' && constant.value === false;
}

function libraryOf(call: Call): Library {
  const name = call.name ?? '';
  if (name.startsWith('xgboost.')) return 'xgboost';
  return name.startsWith('lightgbm.') ? 'lightgbm' : 'catboost';
}
