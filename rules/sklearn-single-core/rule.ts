import { defineRule, type Fix, type Hit } from '../../src/core/engine/rule.ts';
import { insertArgument } from '../../src/core/fixes/callEdits.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { methodName } from '../shared/devices.ts';
import { usesToyTable } from '../shared/toyTables.ts';

/** Forests whose trees are independent, and searches whose fits are. */
const FORESTS = /^sklearn\.ensemble\.(RandomForest|ExtraTrees)(Classifier|Regressor)$/;
const SEARCHES =
  /^sklearn\.model_selection\.(GridSearchCV|RandomizedSearchCV|HalvingGridSearchCV|HalvingRandomSearchCV)$/;
/** Something else uses the cores already. */
const PARALLEL =
  /n_jobs|joblib|multiprocessing|ProcessPool|\bray\b|dask|thread_count|nthread|catboost|xgboost|lightgbm/;
const MANY_TREES = 200;

export default defineRule<Call>({
  meta: {
    id: 'sklearn-single-core',
    title: 'Independent fits on one core',
    category: 'hardware-match',
    languages: ['python'],
    tier: 'strict',
    fixes: ['suggestion'],
    catalogue: ['sklearn-single-core'],
    libraries: ['sklearn'],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark || usesToyTable(program) || PARALLEL.test(program.module.text)) return;
    for (const call of program.calls) if (isSerial(program, call)) yield report(call);
  },

  fixes({ state: call }, program): readonly Fix[] {
    return [
      {
        title: 'Use all cores',
        safety: 'suggestion',
        edits: insertArgument(call.node, 'n_jobs=-1', program.module.text),
        reason: 'The machine should have idle cores, and each process of a search holds a copy of the data.',
      },
    ];
  },
});

function isSerial(program: Program, call: Call): boolean {
  if (call.node.args.some(({ spread }) => spread !== undefined)) return false;
  if (!program.methodCalls(call).some((method) => methodName(method) === 'fit')) return false;
  if (SEARCHES.test(call.name ?? '')) return true;
  if (!FORESTS.test(call.name ?? '')) return false;
  const first =
    call.node.args.find(({ name }) => name === 'n_estimators') ?? call.node.args.find(({ name }) => name === undefined);
  const trees = first && program.constant(first.value);
  return trees?.kind === 'known' && Number(trees.value) >= MANY_TREES;
}

function report(call: Call): Hit<Call> {
  return {
    span: { start: call.node.start, end: call.node.callee.end },
    severity: 'hint',
    message: {
      what: 'The fits are independent of each other and run one after the other on one core.',
      why: 'The machine draws its base power for longer; the work itself is the same.',
      advice: 'Pass `n_jobs=-1`, at the outermost level only.',
      condition: 'It saves the base power of the machine over the time saved, where its other cores idle.',
    },
    related: [],
    state: call,
  };
}
