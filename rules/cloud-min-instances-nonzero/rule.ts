import { defineRule, type Edit, type Fix, type Hit } from '../../src/core/engine/rule.ts';
import { replaceArgument } from '../../src/core/fixes/callEdits.ts';
import type { Argument } from '../../src/core/ir/expression.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { hasCommentNear } from '../shared/commentNear.ts';

interface State {
  readonly call: Call;
  readonly minimum: Argument;
  readonly count: number;
  readonly what: string;
}

interface Scaling {
  readonly name: RegExp;
  readonly keyword: string;
  /** What is kept. */
  readonly what: string;
  /** Keyword that says which machine, and what of it counts as an accelerator. */
  readonly machine: { readonly keywords: readonly string[]; readonly pattern: RegExp };
}

const AZURE_GPU = /^standard_n[cdv]/i;
const MODAL = { keywords: ['gpu'], pattern: /./ };

/** Calls that say how many machines are kept when there is no work. */
const SCALINGS: readonly Scaling[] = [
  {
    name: /^(azure\.ai\.ml\.entities\.AmlCompute|azureml\.core\.compute\.AmlCompute\.provisioning_configuration)$/,
    keyword: 'min_instances',
    what: 'nodes of the cluster',
    machine: { keywords: ['size', 'vm_size'], pattern: AZURE_GPU },
  },
  {
    name: /^azureml\.core\.compute\.AmlCompute\.provisioning_configuration$/,
    keyword: 'min_nodes',
    what: 'nodes of the cluster',
    machine: { keywords: ['vm_size'], pattern: AZURE_GPU },
  },
  { name: /^modal\.(App|Stub)\.(function|cls)$/, keyword: 'min_containers', what: 'containers', machine: MODAL },
  { name: /^modal\.(App|Stub)\.(function|cls)$/, keyword: 'keep_warm', what: 'containers', machine: MODAL },
];
const REASON = /latenc|slo\b|sla\b|production|warm|cold start|always on/i;

export default defineRule<State>({
  meta: {
    id: 'cloud-min-instances-nonzero',
    title: 'GPU machines kept running without work',
    category: 'hardware-match',
    languages: ['python'],
    tier: 'recommended',
    fixes: ['suggestion'],
    catalogue: ['cloud-min-instances-nonzero'],
    libraries: ['azure', 'azureml', 'modal'],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark) return;
    for (const call of program.calls) {
      const state = judge(program, call);
      if (state && !hasCommentNear(program, state.minimum, 1, REASON)) yield report(state);
    }
  },

  fixes({ state: { minimum, count } }): readonly Fix[] {
    const edits: readonly Edit[] = [replaceArgument(minimum, '0')];
    return [
      {
        title: `Keep none instead of ${count}`,
        safety: 'suggestion',
        edits,
        reason: 'The first job after a pause waits until a machine has started.',
      },
    ];
  },
});

function judge(program: Program, call: Call): State | undefined {
  for (const scaling of SCALINGS) {
    if (!scaling.name.test(call.name ?? '')) continue;
    const minimum = call.node.args.find(({ name }) => name === scaling.keyword);
    const constant = minimum && program.constant(minimum.value);
    if (!minimum || constant?.kind !== 'known' || typeof constant.value !== 'number' || constant.value < 1) continue;
    if (isAccelerated(program, call, scaling)) return { call, minimum, count: constant.value, what: scaling.what };
  }
  return undefined;
}

function isAccelerated(program: Program, call: Call, { machine }: Scaling): boolean {
  return call.node.args.some(({ name, value }) => {
    if (name === undefined || !machine.keywords.includes(name)) return false;
    const constant = program.constant(value);
    if (constant.kind === 'known') return typeof constant.value === 'string' && machine.pattern.test(constant.value);
    // `gpu=modal.gpu.A100()` names one whatever its arguments are.
    return (
      name === 'gpu' &&
      program.qualifiedName(value.kind === 'call' ? value.callee : value)?.startsWith('modal.gpu.') === true
    );
  });
}

function report(state: State): Hit<State> {
  const { minimum, count, what } = state;
  return {
    span: { start: minimum.start, end: minimum.end },
    severity: 'information',
    message: {
      what: `At least ${count} of the ${what} with a GPU run${count === 1 ? 's' : ''} day and night, also without work.`,
      why: 'An idle server with a GPU takes on the order of a hundred watts and keeps the machine from others.',
      advice: 'Set the minimum to 0 and let the scaler start a machine when there is work.',
      condition: 'It depends on whether the first request after a pause may wait for a start.',
    },
    related: [],
    state,
  };
}
