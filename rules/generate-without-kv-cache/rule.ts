import { defineRule, type Fix, type Hit } from '../../src/core/engine/rule.ts';
import { removeArgument } from '../../src/core/fixes/callEdits.ts';
import type { Span } from '../../src/core/text/span.ts';
import type { WorkloadChange } from '../../src/energy/workload.ts';
import { relatedScale } from '../shared/relatedScale.ts';
import { severityFor } from '../shared/scale.ts';
import { argumentSwitches, assignedSwitches, type Switch } from './switches.ts';

/** Architectures whose cache does not work, or which have none, and recipes that say so. */
const NO_CACHE = /trust_remote_code\s*=\s*True|mamba|rwkv|ernie|paddle|gemma-?3n|florence|moondream|minicpm/i;

export default defineRule<Switch>({
  meta: {
    id: 'generate-without-kv-cache',
    title: 'Text generation with the key-value cache switched off',
    category: 'redundant-compute',
    languages: ['python'],
    tier: 'recommended',
    fixes: ['suggestion'],
    catalogue: ['hf-generate-no-kv-cache'],
    libraries: ['transformers'],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark || NO_CACHE.test(program.module.text)) return;
    for (const found of [...argumentSwitches(program), ...assignedSwitches(program)]) {
      // One demonstration on one prompt is no scale.
      if (found.scale.kind !== 'once') yield report(found);
    }
  },

  effect({ state }): WorkloadChange {
    return {
      before: {
        kind: 'generate',
        unit: state.scale.kind === 'items' ? 'item' : 'request',
        engine: 'hf',
        kvCache: false,
        ...(state.modelId === undefined ? {} : { model: { id: state.modelId } }),
        ...(state.outputTokens === undefined ? {} : { outputTokens: state.outputTokens }),
      },
      after: { kvCache: true },
      alsoSaves: ['latency'],
    };
  },

  fixes({ state: { place, call } }, program): readonly Fix[] {
    const argument = call?.node.args.find(({ start }) => start === place.start);
    const edit = call && argument && removeArgument(call.node, argument, program.module.text);
    if (edit === undefined) return [];
    return [
      {
        title: 'Keep the cache on',
        safety: 'suggestion',
        edits: [edit],
        reason: 'Needs memory for the cache, and rounding differs in the last digit.',
      },
    ];
  },
});

function report(state: Switch): Hit<Switch> {
  const { start, end }: Span = state.place;
  const severity = severityFor(state.scale);
  return {
    span: { start, end },
    severity,
    message: {
      what: 'The key-value cache is off while text is generated.',
      why: 'Each new token then computes the whole text before it once more, so the work grows with the square of the length.',
      advice: 'Leave `use_cache` at its default, which is on.',
      ...(severity === 'warning' ? {} : { condition: 'The saving depends on how long and how often it generates.' }),
    },
    related: relatedScale(state.scale),
    state,
  };
}
