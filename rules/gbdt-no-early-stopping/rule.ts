import { defineRule, type Fix, type Hit } from '../../src/core/engine/rule.ts';
import type { Program } from '../../src/core/semantics/program.ts';
import type { WorkloadChange } from '../../src/energy/workload.ts';
import { usesToyTable } from '../shared/toyTables.ts';
import { type Boosting, boostingOf } from './boosting.ts';
import { earlyStoppingFix } from './earlyStoppingFix.ts';

/** A search decides the number of rounds, or ends trials itself. */
const SEARCH = /^(sklearn\.model_selection\.(GridSearchCV|RandomizedSearchCV|Halving\w+)|skopt\.|hyperopt\.|optuna\.)/;

export default defineRule<Boosting>({
  meta: {
    id: 'gbdt-no-early-stopping',
    title: 'Many boosting rounds without early stopping',
    category: 'training-efficiency',
    languages: ['python'],
    tier: 'recommended',
    fixes: ['suggestion'],
    catalogue: ['gbdt-no-early-stopping', 'early-stopping-inert'],
    libraries: ['xgboost', 'lightgbm', 'catboost', 'sklearn'],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark || usesToyTable(program)) return;
    for (const call of program.calls) {
      const boosting = boostingOf(program, call);
      if (boosting && !isSearched(program, boosting)) yield report(boosting);
    }
  },

  effect(): WorkloadChange {
    return {
      before: { kind: 'classical-fit', unit: 'run', engine: 'gbdt', repeats: 1 },
      // Half of the rounds; a measured run needed 581 of 3,000.
      after: { repeats: 0.5 },
      alsoSaves: ['latency'],
    };
  },

  fixes({ state }, program): readonly Fix[] {
    const fix = earlyStoppingFix(program, state);
    return fix ? [fix] : [];
  },
});

/** The estimator goes into a search, or a trial of one trains it. */
function isSearched(program: Program, { call }: Boosting): boolean {
  const owner = call.place.function;
  if (owner?.parameters.some(({ target }) => target.kind === 'name' && target.name === 'trial')) return true;
  return program.uses(call).some((use) => use.call !== undefined && SEARCH.test(use.call.name ?? ''));
}

function report(state: Boosting): Hit<Boosting> {
  const { call, kind, library, rounds } = state;
  const count = rounds.toLocaleString('en');
  return {
    span: { start: call.node.start, end: call.node.callee.end },
    severity: 'information',
    message:
      kind === 'inert'
        ? {
            what: `Early stopping watches the training data here, so all ${count} rounds are trained.`,
            why:
              library === 'xgboost'
                ? 'XGBoost looks at the last set of `evals` alone, and the training score goes on improving.'
                : 'The score on the rows that are trained on goes on improving, so nothing ever stops.',
            advice: 'Hold out rows for validation and let the last watched set be those.',
            condition: 'The saving depends on the data and on where the validation score levels off.',
          }
        : {
            what: `All ${count} rounds are trained, whatever the validation score does.`,
            why: 'Rounds after the best one cost as much as the first and make the model larger and slower to run.',
            advice: ADVICE[library],
            condition: 'The saving depends on the data and on where the validation score levels off.',
          },
    related: state.fit ? [{ span: state.fit.node.callee, message: 'trained here, with validation data' }] : [],
    state,
  };
}

const ADVICE: Readonly<Record<Boosting['library'], string>> = {
  xgboost: 'Pass `early_stopping_rounds=50`; XGBoost watches the last validation set.',
  lightgbm: 'Pass `callbacks=[lgb.early_stopping(50)]`.',
  catboost: 'Pass `early_stopping_rounds=50` to `fit`.',
  sklearn:
    'Let the estimator hold out data and stop: `n_iter_no_change=10`, or `early_stopping=True` for HistGradientBoosting.',
};
