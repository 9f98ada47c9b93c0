import { defineRule, type Fix, type Hit } from '../../src/core/engine/rule.ts';
import { replaceArgument } from '../../src/core/fixes/callEdits.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import type { WorkloadChange } from '../../src/energy/workload.ts';
import { codeText } from '../shared/codeText.ts';
import { hasOnlySmallNetworks } from '../shared/networkSize.ts';
import { type DoubleSwitch, doubleSwitch } from './switches.ts';

/** Work that needs the digits: differential equations, Gaussian processes, quantum and molecular models, second-order methods. */
const NEEDS_DIGITS =
  /gpytorch|botorch|torchdiffeq|torchode|diffrax|\bpinns?\b|physics|\bode(int)?\b|\bpde\b|hessian|gradcheck|\bfft\b|lbfgs|quantum|pennylane|molecul|schnet|\bmace\b|e3nn|symplectic|cholesky|torch\.linalg|eigh?\(|\bsvd\(|numpyro|blackjax|optimistix|kernel matrix|gaussian process/i;

export default defineRule<DoubleSwitch>({
  meta: {
    id: 'double-precision-network',
    title: 'Neural network computes in float64',
    category: 'full-precision',
    languages: ['python'],
    tier: 'recommended',
    fixes: ['suggestion'],
    catalogue: ['torch-float64'],
    libraries: ['torch', 'keras', 'tensorflow', 'lightning', 'pytorch_lightning', 'jax'],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark || NEEDS_DIGITS.test(codeText(program))) return;
    for (const call of program.calls) {
      const found = doubleSwitch(program, call);
      if (found) yield report(program, found);
    }
  },

  effect({ state }): WorkloadChange | undefined {
    if (!state.trains) return undefined;
    return {
      before: { kind: 'train', unit: 'run', engine: 'torch', format: 'fp64' },
      after: { format: 'fp32' },
      alsoSaves: ['memory', 'latency'],
    };
  },

  fixes({ state: { argument, replacement } }): readonly Fix[] {
    if (argument === undefined || replacement === undefined) return [];
    return [
      {
        title: 'Compute in float32',
        safety: 'suggestion',
        edits: [replaceArgument(argument, replacement)],
        reason: 'Arrays of NumPy are float64 and have to be converted; results keep seven digits instead of sixteen.',
      },
    ];
  },
});

const CONDITIONS = {
  information: 'The saving depends on how often this code runs.',
  hint: 'The network is small, so it saves little.',
} as const;

function report(program: Program, state: DoubleSwitch): Hit<DoubleSwitch> {
  const isSmall = hasOnlySmallNetworks(program);
  const severity = isSmall ? 'hint' : state.trains && program.calls.some(isLoop) ? 'warning' : 'information';
  return {
    span: state.span,
    severity,
    message: {
      what: 'The network computes in float64.',
      why: 'Training noise is far larger than the digits gained, twice the bytes are moved, and GPUs other than data-centre ones compute float64 at 1/32 or 1/64 of the rate of float32.',
      advice: 'Compute in float32, and in mixed precision where the model is large.',
      ...(severity === 'warning' ? {} : { condition: CONDITIONS[severity] }),
    },
    related: [],
    state,
  };
}

function isLoop({ place, node }: Call): boolean {
  const isStep = node.callee.kind === 'attribute' && /^(backward|manual_backward)$/.test(node.callee.name);
  const isFit = node.callee.kind === 'attribute' && node.callee.name === 'fit';
  return isFit || (isStep && place.loops.some(({ purpose }) => purpose === 'epochs' || purpose === 'batches'));
}
