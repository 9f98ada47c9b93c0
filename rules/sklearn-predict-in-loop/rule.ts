import { defineRule, type Hit } from '../../src/core/engine/rule.ts';
import type { Expression } from '../../src/core/ir/expression.ts';
import { walk } from '../../src/core/ir/walk.ts';
import type { Loop } from '../../src/core/semantics/place.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { contains } from '../../src/core/text/span.ts';
import type { WorkloadChange } from '../../src/energy/workload.ts';
import { methodName } from '../shared/devices.ts';
import { readNames } from '../shared/expressionNames.ts';
import { isSingleRow } from './singleRow.ts';

interface State {
  readonly call: Call;
  readonly loop: Loop;
}

const METHODS = /^(predict|predict_proba|predict_log_proba|decision_function|transform)$/;
const FEWEST_TURNS = 20;

export default defineRule<State>({
  meta: {
    id: 'sklearn-predict-in-loop',
    title: 'Estimator asked for one row at a time',
    category: 'batching',
    languages: ['python'],
    tier: 'recommended',
    fixes: [],
    catalogue: ['sklearn-predict-in-loop'],
    libraries: ['sklearn', 'xgboost', 'lightgbm', 'catboost', 'joblib'],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark) return;
    for (const call of program.calls) {
      const loop = METHODS.test(methodName(call) ?? '') ? rowLoop(program, call) : undefined;
      if (loop) yield report({ call, loop });
    }
  },

  effect(): WorkloadChange {
    return {
      before: { kind: 'classical-predict', unit: 'item', engine: 'sklearn', repeats: 80 },
      // One call over all rows took 1/80 of the time of a call per row (random forest, 200 rows).
      after: { repeats: 1 },
      alsoSaves: ['latency'],
    };
  },
});

/** The loop over rows around a prediction of one row, by an estimator that the loop does not change. */
function rowLoop(program: Program, call: Call): Loop | undefined {
  const [loop] = call.place.loops;
  if (
    loop === undefined ||
    call.place.entryPoint ||
    !isEstimator(call) ||
    call.receiver === undefined ||
    encodesLabels(program, call)
  )
    return undefined;
  if (
    loop.form === 'while' ||
    loop.purpose === 'interactive' ||
    loop.purpose === 'epochs' ||
    loop.purpose === 'singlePass'
  )
    return undefined;
  if ((loop.tripCount ?? FEWEST_TURNS) < FEWEST_TURNS || program.dependsOn(call.receiver, loop)) return undefined;
  const [rows] = call.node.args;
  if (rows === undefined || rows.spread !== undefined || !isSingleRow(program, rows.value, loop)) return undefined;
  return trainsIn(program, loop) || feedsItself(program, call, rows.value, loop) ? undefined : loop;
}

/** Looking a label up is no computation. */
function encodesLabels(program: Program, call: Call): boolean {
  const made = call.receiver && program.origin(call.receiver);
  return methodName(call) === 'transform' && /\.(LabelEncoder|OrdinalEncoder|LabelBinarizer)$/.test(made?.name ?? '');
}

function isEstimator(call: Call): boolean {
  return /^(sklearn\.base\.BaseEstimator|sklearn\.svm\.\w+|xgboost\.Booster|lightgbm\.Booster)\./.test(
    call.api?.name ?? '',
  );
}

function trainsIn(program: Program, loop: Loop): boolean {
  return program.calls.some(
    (other) => contains(loop, other.node) && /^(fit|partial_fit|fit_transform)$/.test(methodName(other) ?? ''),
  );
}

/** A forecast whose next row holds the last prediction. */
function feedsItself(program: Program, call: Call, rows: Expression, loop: Loop): boolean {
  const statement = program.statement(call.node);
  if (statement?.kind !== 'assign') return false;
  const results = new Set(statement.targets.flatMap((target) => readNames(target)));
  const inputs = new Set(readNames(rows));
  for (const { node } of walk(program.module.body)) {
    if (!contains(loop, node)) continue;
    if (node.kind === 'assign') {
      const stored = node.targets.flatMap((target) => readNames(target));
      const read = node.value ? readNames(node.value) : [];
      if (stored.some((name) => inputs.has(name)) && read.some((name) => results.has(name))) return true;
    }
    if (node.kind !== 'call' || node.callee.kind !== 'attribute') continue;
    // `history.append(value)` puts the result where the next row is cut from.
    const isStored = readNames(node.callee.object).some((name) => inputs.has(name));
    const given = node.args.flatMap(({ value }) => readNames(value));
    if (isStored && given.some((name) => results.has(name))) return true;
  }
  return false;
}

function report(state: State): Hit<State> {
  const { call, loop } = state;
  return {
    span: { start: call.node.start, end: call.node.end },
    severity: 'warning',
    message: {
      what: `\`${methodName(call) ?? 'predict'}\` is called for one row in each turn of this loop.`,
      why: 'Each call checks and copies its input, and forests start their threads anew, which takes far longer than the row itself.',
      advice: 'Pass all rows at once, and use the array of results.',
    },
    related: [{ span: loop.head, message: 'Loop starts here' }],
    state,
  };
}
