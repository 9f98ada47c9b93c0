import { defineRule, type Fix } from '../../src/core/engine/rule.ts';
import { relatedScale } from '../shared/relatedScale.ts';
import { modelUse } from './modelUse.ts';
import { isFetch, type WideWeights, wideWeights } from './wideWeights.ts';

export default defineRule<WideWeights>({
  meta: {
    id: 'llamacpp-16-bit-weights',
    title: 'Local language model run with 16-bit weights in llama.cpp or Ollama',
    category: 'missing-quantisation',
    languages: ['typescript', 'python'],
    tier: 'recommended',
    fixes: ['suggestion'],
    catalogue: ['nlc-f16-gguf', 'ollama-f16-tag'],
    libraries: ['node-llama-cpp', 'ollama', '@langchain/ollama', 'llama_cpp', 'openai'],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark) return;
    const named = new Set<number>();
    const reported = new Set<number>();
    // A load says more of a build than the download that it gets it from.
    const calls = [...program.calls].sort((a, b) => Number(isFetch(a)) - Number(isFetch(b)));
    for (const call of calls) {
      const wide = wideWeights(call, program);
      if (!wide || reported.has(wide.written.start) || (isFetch(call) && named.has(wide.written.start))) continue;
      named.add(wide.written.start);
      const use = modelUse(call, program);
      if (!use) continue;
      reported.add(wide.written.start);
      const isProved = use.severity === 'warning';
      yield {
        span: { start: wide.written.start, end: wide.written.end },
        severity: use.severity,
        message: {
          what: `\`${wide.id}\` holds ${wide.format === 'fp32' ? '32' : '16'} bits for every weight.`,
          why: 'Every generated token reads all weights once, so that time and energy follow their size; 4-bit builds are a third as large.',
          advice:
            wide.quantised === undefined
              ? 'Use a `Q4_K_M` build of the same model (`Q8_0` where quality must not change), and compare the answers.'
              : `Use \`${wide.quantised}\`, and compare the answers.`,
          ...(isProved ? {} : { condition: 'The saving depends on how much the model is used.' }),
        },
        related: use.scale ? relatedScale(use.scale) : [],
        state: wide,
      };
    }
  },

  effect({ state: { id, format } }) {
    return {
      before: { kind: 'generate', unit: 'request', engine: 'llama.cpp', format, model: { id } },
      after: { format: 'int4', quantMethod: 'gguf' },
      alsoSaves: ['memory', 'latency'],
    };
  },

  fixes({ state: { written, id, quantised } }, program): readonly Fix[] {
    const source = program.text(written);
    const quote = source[0] ?? '';
    if (quantised === undefined || written.kind !== 'literal' || source.slice(1, -1) !== id || !/['"`]/.test(quote))
      return [];
    return [
      {
        title: `Use ${quantised}`,
        safety: 'suggestion',
        reason: 'Answers change slightly; the build has to exist and is downloaded first.',
        edits: [{ span: { start: written.start, end: written.end }, text: quote + quantised + quote }],
      },
    ];
  },
});
