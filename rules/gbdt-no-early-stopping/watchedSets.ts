import type { Expression } from '../../src/core/ir/expression.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';

/** For each data set that a native training watches, in order, whether it is the training set; `undefined` where the text does not show. */
export function watchedSets(
  program: Program,
  call: Call,
  library: 'xgboost' | 'lightgbm',
): readonly boolean[] | undefined {
  const watched = call.argument(library === 'xgboost' ? 'evals' : 'valid_sets');
  const training = call.argument(library === 'xgboost' ? 'dtrain' : 'train_set');
  if (watched.kind !== 'known' || training.kind !== 'known') return undefined;
  const sets = elementsOf(program, watched.value);
  return sets?.map((set) => isSame(program, set, training.value));
}

function elementsOf(program: Program, expression: Expression): readonly Expression[] | undefined {
  const values = program.values(expression);
  const [value] = values;
  // LightGBM takes one set without a list.
  if (values.length === 1 && value?.kind === 'instance' && value.type.startsWith('lightgbm.')) return [expression];
  if (values.length !== 1 || value?.kind !== 'collection' || value.node.kind !== 'sequence') return undefined;
  return value.node.elements.map((element) => {
    // XGBoost pairs each set with its name.
    const [set] = element.kind === 'sequence' ? element.elements : [];
    return set ?? element;
  });
}

function isSame(program: Program, set: Expression, training: Expression): boolean {
  if (program.text(set) === program.text(training)) return true;
  const origin = program.origin(set);
  return origin !== undefined && origin === program.origin(training);
}
