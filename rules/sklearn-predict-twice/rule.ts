import { defineRule, type Hit } from '../../src/core/engine/rule.ts';
import { NameIndex } from '../../src/core/fixes/nameIndex.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import type { WorkloadChange } from '../../src/energy/workload.ts';
import { methodName } from '../shared/devices.ts';
import { enclosing } from '../shared/enclosing.ts';
import { readNames } from '../shared/expressionNames.ts';
import { usesToyTable } from '../shared/toyTables.ts';

interface State {
  readonly first: Call;
  readonly second: Call;
}

/** Networks of Keras before 2.6: `predict_classes` and `predict_proba` each ran the whole network. */
const NETWORK = /^(?:tensorflow\.)?keras\.(?:models\.(?:load_model|model_from_json|Sequential)|Sequential)$/;
/** Estimators whose class is the one with the largest probability, and whose prediction costs something. */
const COSTLY =
  /^(sklearn\.ensemble\.\w*Classifier|sklearn\.neighbors\.KNeighborsClassifier|sklearn\.gaussian_process\.GaussianProcessClassifier|sklearn\.neural_network\.MLPClassifier|xgboost\.XGB\w*Classifier|lightgbm\.LGBMClassifier|catboost\.CatBoostClassifier)$/;

export default defineRule<State>({
  meta: {
    id: 'sklearn-predict-twice',
    title: 'Classes and probabilities predicted separately',
    category: 'redundant-compute',
    languages: ['python'],
    tier: 'recommended',
    fixes: [],
    catalogue: ['sklearn-predict-twice'],
    libraries: ['sklearn', 'xgboost', 'lightgbm', 'catboost', 'keras', 'tensorflow'],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark || usesToyTable(program)) return;
    const open: Call[] = [];
    let names: NameIndex | undefined;
    for (const call of program.calls) {
      if (!isCostly(program, call)) continue;
      names ??= new NameIndex(program.module);
      const index = names;
      const first = open.find((earlier) => isSame(program, index, earlier, call));
      if (first) yield report(program, { first, second: call });
      else open.push(call);
    }
  },

  effect(): WorkloadChange {
    return {
      before: { kind: 'classical-predict', unit: 'run', engine: 'sklearn', repeats: 2 },
      after: { repeats: 1 },
      alsoSaves: ['latency'],
    };
  },
});

function isCostly(program: Program, call: Call): boolean {
  const { args } = call.node;
  if (call.receiver === undefined || args.length !== 1 || args[0]?.name !== undefined || args[0]?.spread) return false;
  const method = methodName(call) ?? '';
  if (!/^predict(_proba|_classes)?$/.test(method)) return false;
  const made = program.origin(call.receiver)?.name ?? '';
  return isNetwork(made) || (method !== 'predict_classes' && COSTLY.test(made));
}

/** Which of the two kinds made the model. */
function isNetwork(made: string): boolean {
  return NETWORK.test(made);
}

/** The other method of the same model on the same rows, in the same statements, with nothing set anew in between. */
function isSame(program: Program, names: NameIndex, first: Call, second: Call): boolean {
  if (methodName(first) === methodName(second) || !first.receiver || !second.receiver) return false;
  if (program.text(first.receiver) !== program.text(second.receiver)) return false;
  const [one] = first.node.args;
  const [other] = second.node.args;
  if (!one || !other || program.text(one) !== program.text(other) || other.value.kind === 'call') return false;
  if (enclosing(program.module, first.node).bodies.at(-1) !== enclosing(program.module, second.node).bodies.at(-1))
    return false;
  const reads = [second.receiver, other.value].flatMap((value) => readNames(value).map((name) => ({ name, value })));
  const isRebound = reads.some(({ name, value }) =>
    names
      .variable(name, value)
      .some(({ kind, start }) => kind !== 'read' && start > first.node.end && start < second.node.start),
  );
  return !isRebound && !isFittedBetween(program, first, second);
}

function isFittedBetween(program: Program, first: Call, second: Call): boolean {
  return program.calls.some(
    (call) =>
      /^(fit|partial_fit|set_params|fit_transform)$/.test(methodName(call) ?? '') &&
      call.node.start > first.node.end &&
      call.node.start < second.node.start,
  );
}

function report(program: Program, state: State): Hit<State> {
  const { first, second } = state;
  const runsLayers = second.receiver !== undefined && isNetwork(program.origin(second.receiver)?.name ?? '');
  return {
    span: { start: second.node.start, end: second.node.end },
    severity: second.place.entryPoint ? 'information' : 'hint',
    message: {
      what: 'The same model runs twice over the same rows: once for the classes, once for the probabilities.',
      why: `The classes follow from the probabilities; the second run repeats all ${runsLayers ? 'layers' : 'trees or distances'}.`,
      advice: runsLayers
        ? 'Call `predict` once and take `probabilities.argmax(axis=-1)` for the classes; Keras 2.6 and later have only that.'
        : 'Call `predict_proba` once and take `model.classes_[probabilities.argmax(axis=1)]` for the classes.',
      condition: 'The saving depends on the number of rows and on the model.',
    },
    related: [{ span: first.node, message: 'the first run' }],
    state,
  };
}
