import { defineRule, type Hit } from '../../src/core/engine/rule.ts';
import type { Call } from '../../src/core/semantics/program.ts';
import { codeText } from '../shared/codeText.ts';
import { methodName } from '../shared/devices.ts';

interface State {
  readonly call: Call;
  /** Type of the machine where the text gives it. */
  readonly instance: string | undefined;
  readonly isAccelerated: boolean;
}

/** What deletes an endpoint, or lets it shrink to nothing. */
const CLEANS_UP =
  /delete_endpoint|delete_predictor|delete_model\(|cleanup_endpoint|delete_inference_component|undeploy|ServerlessInferenceConfig|serverless_inference_config|MinCapacity["'\s]*[:=]\s*0|["']local(_gpu)?["']/;
const ACCELERATED = /^ml\.(g\d|p\d|inf\d|trn\d)/;

export default defineRule<State>({
  meta: {
    id: 'sagemaker-endpoint-left-running',
    title: 'Notebook deploys an endpoint and never deletes it',
    category: 'hardware-match',
    languages: ['python'],
    tier: 'recommended',
    fixes: [],
    catalogue: ['sagemaker-endpoint-left-running'],
    libraries: ['sagemaker'],
    since: '0.1.0',
  },

  *detect(program) {
    // A script that deploys is a release; a notebook is a trial, whose last cell cleans up.
    if (program.isTestOrBenchmark || !program.path.endsWith('.ipynb')) return;
    if (!/\bsagemaker\b/.test(program.module.text) || CLEANS_UP.test(codeText(program))) return;
    for (const call of program.calls) {
      const state = judge(call);
      if (!state) continue;
      yield report(state);
      return;
    }
  },
});

/** `estimator.deploy(initial_instance_count=1, instance_type="ml.g5.xlarge")`: the keywords are those of SageMaker alone. */
function judge(call: Call): State | undefined {
  if (methodName(call) !== 'deploy' || call.node.args.some(({ spread }) => spread !== undefined)) return undefined;
  const count = call.constantArgument('initial_instance_count');
  const hasKeyword = call.node.args.some(({ name }) => name === 'initial_instance_count');
  if (!hasKeyword || (count.kind === 'known' && Number(count.value) < 1)) return undefined;
  if (call.argument('async_inference_config').kind !== 'absent') return undefined;
  const type = call.constantArgument('instance_type');
  const instance = type.kind === 'known' && typeof type.value === 'string' ? type.value : undefined;
  if (instance === 'local' || instance === 'local_gpu') return undefined;
  return { call, instance, isAccelerated: instance !== undefined && ACCELERATED.test(instance) };
}

function report(state: State): Hit<State> {
  const { call, instance, isAccelerated } = state;
  return {
    span: { start: call.node.callee.start, end: call.node.callee.end },
    severity: isAccelerated ? 'warning' : 'information',
    message: {
      what: `This notebook starts an endpoint${instance === undefined ? '' : ` on \`${instance}\``} and nothing in it deletes the endpoint.`,
      why: 'The machine runs day and night, at the power of an idle server, until somebody deletes it.',
      advice:
        'End the notebook with `predictor.delete_model()` and `predictor.delete_endpoint()`, or deploy with `ServerlessInferenceConfig` or batch transform.',
      ...(isAccelerated ? {} : { condition: 'It depends on whether the endpoint is deleted elsewhere.' }),
    },
    related: [],
    state,
  };
}
