import { defineRule, type Edit, type Fix, type Hit } from '../../src/core/engine/rule.ts';
import { importEdit } from '../../src/core/fixes/importEdit.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import type { WorkloadChange } from '../../src/energy/workload.ts';
import { methodName } from '../shared/devices.ts';
import { usesToyTable } from '../shared/toyTables.ts';
import { readsTable } from './tables.ts';

interface State {
  readonly call: Call;
  readonly isRegressor: boolean;
  /** As many trees as take long on a table of middling size. */
  readonly hasManyTrees: boolean;
}

const CLASSIC = /^sklearn\.ensemble\.GradientBoosting(Classifier|Regressor)$/;
/** Parameters that the histogram version does not have, or that mean something else there. */
const UNSUPPORTED =
  /\b(subsample|init|max_features|min_weight_fraction_leaf|min_impurity_decrease|ccp_alpha|criterion)\s*["']?\s*[=:]/;
const UNSUPPORTED_LOSS = /loss\s*["']?\s*[=:]\s*\[?["'](huber|exponential|deviance|lad)["']/;
/** What only the classic estimator offers. */
const CLASSIC_ONLY =
  /staged_(predict|decision)|feature_importances_|train_score_|oob_improvement_|\.estimators_|plot_tree/;
/** The histogram version takes no sparse matrices. */
const SPARSE = /Vectorizer\(|csr_matrix|\.toarray\(|scipy\.sparse|sparse\.hstack|sparse=True/;
/** Methods that run the estimator. */
const RUNS = /^(fit|fit_transform|fit_predict)$/;
const RUNNERS =
  /^sklearn\.model_selection\.(cross_val\w*|cross_validate|GridSearchCV|RandomizedSearchCV|learning_curve|validation_curve)$/;
/** Fewer trees end soon whatever builds them. */
const FEW_TREES = 50;
/** With the default of a hundred only the number of rows decides, which the text does not show. */
const MANY_TREES = 200;

export default defineRule<State>({
  meta: {
    id: 'sklearn-gbdt-not-histogram',
    title: 'Gradient boosting without histograms',
    category: 'training-efficiency',
    languages: ['python'],
    tier: 'recommended',
    fixes: ['suggestion'],
    catalogue: ['sklearn-gbdt-not-histogram'],
    libraries: ['sklearn'],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark || usesToyTable(program) || !readsTable(program)) return;
    if (CLASSIC_ONLY.test(program.module.text) || SPARSE.test(program.module.text)) return;
    for (const call of program.calls) {
      const [, kind] = CLASSIC.exec(call.name ?? '') ?? [];
      if (kind === undefined || !isRun(program, call) || !isSupported(program, call)) continue;
      const trees = call.constantArgument('n_estimators');
      const hasManyTrees = trees.kind === 'known' && Number(trees.value) >= MANY_TREES;
      yield report({ call, isRegressor: kind === 'Regressor', hasManyTrees });
    }
  },

  effect(): WorkloadChange {
    return {
      before: { kind: 'classical-fit', unit: 'run', engine: 'sklearn', repeats: 1 },
      // 1/28 was measured on 20,000 rows; tables near ten thousand gain less.
      after: { repeats: 0.2 },
      alsoSaves: ['latency'],
    };
  },

  fixes({ state }, program): readonly Fix[] {
    const edits = histogramEdits(program, state);
    if (edits === undefined) return [];
    return [
      {
        title: 'Use the histogram version',
        safety: 'suggestion',
        edits,
        reason:
          'Features are put into at most 255 bins and trees grow by leaves, so scores differ slightly; above 10,000 rows it stops early by itself.',
      },
    ];
  },
});

function isRun(program: Program, call: Call): boolean {
  // One of a list of estimators that are compared.
  if (program.parent(call.node)?.kind === 'sequence') return false;
  if (program.methodCalls(call).some((method) => RUNS.test(methodName(method) ?? ''))) return true;
  return program.uses(call).some((use) => use.call !== undefined && RUNNERS.test(use.call.name ?? ''));
}

function isSupported(program: Program, call: Call): boolean {
  if (call.node.args.some(({ spread, name }) => spread !== undefined || name === undefined)) return false;
  const text = program.text(call.node);
  if (UNSUPPORTED.test(text) || UNSUPPORTED_LOSS.test(text)) return false;
  // A grid over the estimator names its parameters in the search.
  const searches = program.uses(call).flatMap((use) => use.call ?? []);
  if (searches.some((search) => /SearchCV$/.test(search.name ?? '')) && UNSUPPORTED.test(program.module.text))
    return false;
  const trees = call.constantArgument('n_estimators');
  return trees.kind === 'absent' || (trees.kind === 'known' && Number(trees.value) >= FEW_TREES);
}

/** Constructors whose arguments have a counterpart: `n_estimators` → `max_iter`; a depth stays. */
function histogramEdits(program: Program, { call, isRegressor }: State): readonly Edit[] | undefined {
  const allowed = new Set(['n_estimators', 'learning_rate', 'max_depth', 'random_state', 'verbose']);
  if (call.node.args.some(({ name }) => name === undefined || !allowed.has(name))) return undefined;
  if (program.uses(call).some((use) => /SearchCV$/.test(use.call?.name ?? ''))) return undefined;
  const name = `HistGradientBoosting${isRegressor ? 'Regressor' : 'Classifier'}`;
  const imported = importEdit(program.module, { module: 'sklearn.ensemble', name, at: call.node.start });
  if (imported === undefined) return undefined;
  const trees = call.node.args.find((argument) => argument.name === 'n_estimators');
  const { callee } = call.node;
  return [
    ...imported.edits,
    { span: { start: callee.start, end: callee.end }, text: imported.local },
    ...(trees ? [{ span: { start: trees.start, end: trees.start + 'n_estimators'.length }, text: 'max_iter' }] : []),
  ];
}

function report(state: State): Hit<State> {
  const { call, isRegressor } = state;
  return {
    span: { start: call.node.start, end: call.node.callee.end },
    severity: 'information',
    message: {
      what: 'This estimator sorts every feature again for each split of each tree.',
      why: 'The histogram version of scikit-learn bins the features once and is many times as fast on large tables, and it uses all cores.',
      advice: `Use \`HistGradientBoosting${isRegressor ? 'Regressor' : 'Classifier'}\`, with \`max_iter\` for \`n_estimators\`; it takes missing values as they are.`,
      condition: 'It pays from about ten thousand rows on.',
    },
    related: [],
    requiresStrict: !state.hasManyTrees,
    state,
  };
}
