import type { Loop } from '../../src/core/semantics/place.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { methodName } from '../shared/devices.ts';
import { readNames } from '../shared/expressionNames.ts';
import { type Folds, foldsOf } from './folds.ts';
import { type Grid, gridOf, lengthOf } from './gridSize.ts';

/** Loops over hyper-parameters that fit one model for each combination. */
export interface GridLoops {
  /** The estimator that every turn makes. */
  readonly call: Call;
  readonly grid: Grid;
  readonly folds: Folds;
  readonly loops: readonly Loop[];
}

const ESTIMATOR =
  /^(sklearn\.\w+\.(\w+(Classifier|Regressor)|(Nu|Linear)?SV[CR]|LogisticRegression|Ridge|Lasso|ElasticNet)|xgboost\.XGB(Classifier|Regressor)|lightgbm\.LGBM(Classifier|Regressor)|catboost\.CatBoost(Classifier|Regressor)?)$/;
const VALIDATION = /^sklearn\.model_selection\.(cross_val_score|cross_validate|cross_val_predict)$/;
const ONCE: Folds = { count: 1, isExact: true };

/** `for depth in …: for trees in …: RandomForestClassifier(max_depth=depth, n_estimators=trees).fit(X, y)`; `undefined` where a length is not known. */
export function gridLoops(program: Program, call: Call): GridLoops | undefined {
  if (!ESTIMATOR.test(call.name ?? '') || call.place.loops.length === 0) return undefined;
  const folds = foldsIn(program, call);
  const axes = call.place.loops.flatMap((loop) => axisOf(program, call, loop) ?? []);
  if (!folds || axes.some(({ length }) => length === undefined)) return undefined;
  const names = axes.flatMap((axis) => axis.names);
  if (names.length < 2) return undefined;
  const candidates = axes.reduce((product, { length }) => product * (length ?? 1), 1);
  return { call, grid: { candidates, axes: names }, folds, loops: axes.map(({ loop }) => loop) };
}

/** How often one turn fits the model; `undefined` where it does not. */
function foldsIn(program: Program, call: Call): Folds | undefined {
  const validation = program
    .uses(call)
    .find((use) => use.kind === 'argument' && use.call && VALIDATION.test(use.call.name ?? ''))?.call;
  if (validation) return foldsOf(program, validation);
  return program.methodCalls(call).some((method) => methodName(method) === 'fit') ? ONCE : undefined;
}

interface Axis {
  /** Hyper-parameters that the loop varies. */
  readonly names: readonly string[];
  readonly length: number | undefined;
  readonly loop: Loop;
}

/** A loop over one hyper-parameter, over `itertools.product` of several, or over a `ParameterGrid`. */
function axisOf(program: Program, call: Call, loop: Loop): Axis | undefined {
  const { target, iterable } = loop;
  const isSearch = loop.form === 'for' || loop.form === 'comprehension';
  if (!isSearch || !target || !iterable || loop.purpose === 'singlePass' || loop.purpose === 'retry') return undefined;
  const names = new Set(readNames(target));
  const taking = call.node.args.filter(({ value }) => readNames(value).some((name) => names.has(name)));
  if (taking.length === 0) return undefined;
  const source = iterable.kind === 'call' ? program.callOf(iterable) : program.origin(iterable);
  if (source?.name === 'sklearn.model_selection.ParameterGrid') {
    const given = source.node.args[0]?.value;
    const grid = given && gridOf(program, given);
    return { names: grid?.axes ?? [], length: grid?.candidates, loop };
  }
  const parameters = taking.map(({ name }) => name ?? '');
  if (source?.name === 'itertools.product') return { names: parameters, length: productLength(program, source), loop };
  return { names: parameters.slice(0, 1), length: loop.tripCount ?? lengthOf(program, iterable), loop };
}

function productLength(program: Program, product: Call): number | undefined {
  let length = 1;
  for (const { name, spread, value } of product.node.args) {
    const part = name === undefined && spread === undefined ? lengthOf(program, value) : undefined;
    if (part === undefined) return undefined;
    length *= part;
  }
  return length;
}
