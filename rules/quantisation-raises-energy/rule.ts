import { defineRule, type Hit } from '../../src/core/engine/rule.ts';
import type { WorkloadChange } from '../../src/energy/workload.ts';
import { relatedScale } from '../shared/relatedScale.ts';
import { type Trap, traps } from './traps.ts';

export default defineRule<Trap>({
  meta: {
    id: 'quantisation-raises-energy',
    title: 'Quantisation that takes more energy than 16-bit weights',
    category: 'missing-quantisation',
    languages: ['python'],
    tier: 'recommended',
    fixes: [],
    catalogue: ['bnb-int8-energy-trap'],
    libraries: ['transformers', 'vllm'],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark || program.environment.hardware.kind !== 'gpu') return;
    for (const load of program.calls) {
      for (const trap of traps(program, load)) {
        if (trap.scale.kind !== 'once') yield report(trap);
      }
    }
  },

  effect({ state }): WorkloadChange {
    const { method, format, better } = state;
    return {
      before: {
        kind: 'generate',
        unit: state.scale.kind === 'items' ? 'item' : 'request',
        engine: state.library === 'vllm' ? 'vllm' : 'hf',
        model: { id: state.id, parameters: state.parameters },
        format,
        quantMethod: method,
        ...(state.batch === undefined ? {} : { batch: state.batch }),
      },
      after: better === 'nf4' ? { format: 'int4', quantMethod: 'nf4' } : { format: 'bf16', quantMethod: 'none' },
      alsoSaves: ['latency'],
    };
  },
});

function report(trap: Trap): Hit<Trap> {
  return {
    span: { start: trap.place.start, end: trap.place.end },
    severity: 'information',
    message: { what: trap.what, why: trap.why, advice: trap.advice, condition: trap.condition },
    related: relatedScale(trap.scale),
    requiresStrict: trap.isSingleMeasurement,
    state: trap,
  };
}
