import { defineRule, type Fix, type Hit } from '../../src/core/engine/rule.ts';
import { insertArgument, replaceArgument } from '../../src/core/fixes/callEdits.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import type { WorkloadChange } from '../../src/energy/workload.ts';
import { methodName } from '../shared/devices.ts';
import { usesToyTable } from '../shared/toyTables.ts';
import { writtenArgument } from '../shared/writtenArgument.ts';

interface State {
  readonly call: Call;
  readonly epochs: number;
}

const MLP = /^sklearn\.neural_network\.MLP(Classifier|Regressor)$/;
const DEFAULT_EPOCHS = 200;

export default defineRule<State>({
  meta: {
    id: 'sklearn-mlp-no-early-stopping',
    title: 'Neural network of scikit-learn trained without validation',
    category: 'training-efficiency',
    languages: ['python'],
    tier: 'recommended',
    fixes: ['suggestion'],
    catalogue: ['sklearn-mlp-no-early-stopping'],
    libraries: ['sklearn'],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark || usesToyTable(program)) return;
    for (const call of program.calls) {
      const epochs = MLP.test(call.name ?? '') ? epochsOf(program, call) : undefined;
      if (epochs !== undefined && isFitted(program, call)) yield report({ call, epochs });
    }
  },

  effect(): WorkloadChange {
    return {
      before: { kind: 'classical-fit', unit: 'run', engine: 'sklearn', repeats: 1 },
      // Half of the epochs, as for other trainings without a measured curve.
      after: { repeats: 0.5 },
      alsoSaves: ['latency'],
    };
  },

  fixes({ state: { call } }, program): readonly Fix[] {
    const written = call.node.args.find(({ name }) => name === 'early_stopping');
    const edits = written
      ? [replaceArgument(written, 'True')]
      : insertArgument(call.node, 'early_stopping=True', program.module.text);
    return [
      {
        title: 'Stop on a validation score',
        safety: 'suggestion',
        edits,
        reason:
          'A tenth of the training data is held out to decide when to stop (`validation_fraction`), so scores change slightly.',
      },
    ];
  },
});

/** Most epochs of the network, where the text proves that nothing but the training loss ends it. */
function epochsOf(program: Program, call: Call): number | undefined {
  const stopping = writtenArgument(program, call, 'early_stopping');
  if (stopping.kind === 'unknown' || call.node.args.some(({ spread }) => spread !== undefined)) return undefined;
  if (stopping.kind === 'known') {
    const constant = program.constant(stopping.value.value);
    if (constant.kind !== 'known' || constant.value !== false) return undefined;
  }
  const solver = call.constantArgument('solver');
  // lbfgs ignores the switch, and a warm start counts its own rounds.
  if (solver.kind === 'unknown' || (solver.kind === 'known' && solver.value === 'lbfgs')) return undefined;
  if (call.argument('warm_start').kind !== 'absent') return undefined;
  const most = call.constantArgument('max_iter');
  if (most.kind === 'unknown') return undefined;
  const epochs = most.kind === 'known' ? Number(most.value) : DEFAULT_EPOCHS;
  return epochs >= DEFAULT_EPOCHS ? epochs : undefined;
}

function isFitted(program: Program, call: Call): boolean {
  if (program.calls.some((other) => methodName(other) === 'partial_fit')) return false;
  if (program.parent(call.node)?.kind === 'sequence') return false;
  return program.methodCalls(call).some((method) => methodName(method) === 'fit');
}

function report(state: State): Hit<State> {
  return {
    span: { start: state.call.node.start, end: state.call.node.callee.end },
    severity: 'hint',
    message: {
      what: `The network trains up to ${state.epochs.toLocaleString('en')} epochs, until the training loss stands still.`,
      why: 'The training loss goes on falling when the network no longer gets better on data that it has not seen.',
      advice: 'Pass `early_stopping=True`: a tenth of the data decides when to stop.',
      condition: 'The saving depends on the number of rows and on how early the score levels off.',
    },
    related: [],
    state,
  };
}
