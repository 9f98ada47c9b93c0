import { defineRule, type Fix, type Hit } from '../../src/core/engine/rule.ts';
import { insertArgument } from '../../src/core/fixes/callEdits.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';

interface State {
  readonly call: Call;
  readonly instance: string;
}

/** Estimators that start a training job; models, processors and endpoints do not. */
const ESTIMATOR = /^sagemaker\.(?:\w+\.)*(?:Estimator|PyTorch|HuggingFace|TensorFlow|MXNet|XGBoost)$/;
const ACCELERATED = /^ml\.(?:p\d|g\d|trn\d)/;
/** Longest time that SageMaker lets a job run where the code does not say (seconds). */
const USUAL_MAX_RUN = 86_400;

export default defineRule<State>({
  meta: {
    id: 'sagemaker-no-spot',
    title: 'Training job with checkpoints pays for on-demand machines',
    category: 'hardware-match',
    languages: ['python'],
    tier: 'strict',
    fixes: ['suggestion'],
    catalogue: ['sagemaker-no-spot'],
    libraries: ['sagemaker'],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark) return;
    for (const call of program.calls) {
      const state = judge(program, call);
      if (state) yield report(state);
    }
  },

  effect() {
    return { before: { kind: 'train', unit: 'run' }, after: {}, alsoSaves: ['money'] };
  },

  fixes({ state: { call } }, program): readonly Fix[] {
    const longest = call.constantArgument('max_run');
    if (longest.kind === 'unknown') return [];
    const seconds = longest.kind === 'known' ? Number(longest.value) : USUAL_MAX_RUN;
    const spot = insertArgument(call.node, `use_spot_instances=True, max_wait=${2 * seconds}`, program.module.text);
    return [
      {
        title: 'Train on spot instances',
        safety: 'suggestion',
        edits: spot,
        reason: 'A job can be interrupted: the script has to go on from its last checkpoint.',
      },
    ];
  },
});

/** An accelerated job that writes checkpoints to S3 and is started here; without them an interruption loses everything. */
function judge(program: Program, call: Call): State | undefined {
  if (!ESTIMATOR.test(call.name ?? '')) return undefined;
  const instance = call.constantArgument('instance_type');
  if (instance.kind !== 'known' || !ACCELERATED.test(String(instance.value))) return undefined;
  if (call.argument('use_spot_instances').kind !== 'absent') return undefined;
  if (call.argument('checkpoint_s3_uri').kind !== 'known') return undefined;
  const isStarted = program
    .methodCalls(call)
    .some(({ node }) => node.callee.kind === 'attribute' && node.callee.name === 'fit');
  return isStarted ? { call, instance: String(instance.value) } : undefined;
}

function report(state: State): Hit<State> {
  const { callee } = state.call.node;
  return {
    span: { start: callee.start, end: callee.end },
    severity: 'hint',
    message: {
      what: `This job writes checkpoints and pays the full price of \`${state.instance}\`.`,
      why: 'Spot instances cost up to 90 % less; a job that is interrupted goes on from its checkpoint.',
      advice: 'Set `use_spot_instances=True` and `max_wait`.',
      condition: 'It saves money, not energy: an interrupted job computes some steps twice.',
    },
    related: [],
    state,
  };
}
