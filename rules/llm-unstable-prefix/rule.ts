import { defineRule } from '../../src/core/engine/rule.ts';
import { namedModel } from '../shared/namedModels.ts';
import { CHARACTERS_PER_TOKEN } from '../shared/promptParts.ts';
import { relatedScale } from '../shared/relatedScale.ts';
import { type Scale, scaleOf } from '../shared/scale.ts';
import { type UnstablePrefix, unstablePrefix } from './unstablePrefix.ts';

interface State {
  readonly prefix: UnstablePrefix;
  readonly scale: Scale;
  readonly model?: { readonly id: string };
}

export default defineRule<State>({
  meta: {
    id: 'llm-unstable-prefix',
    title: 'Changing text before a long constant prompt',
    category: 'hosted-llm',
    languages: ['typescript', 'python'],
    tier: 'recommended',
    fixes: [],
    catalogue: ['llm-unstable-prefix', 'llm-volatile-prompt-prefix'],
    libraries: [
      'openai',
      '@anthropic-ai/sdk',
      '@anthropic-ai/bedrock-sdk',
      '@anthropic-ai/vertex-sdk',
      'anthropic',
      '@google/genai',
      '@mistralai/mistralai',
      'ai',
    ],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark) return;
    const seen = new Set<number>();
    for (const call of program.calls) {
      const prefix = unstablePrefix(call, program);
      if (!prefix || seen.has(prefix.hole.start)) continue;
      const scale = scaleOf(program, call);
      if (scale.kind === 'once' || (scale.kind === 'unknown' && !prefix.isClock)) continue;
      seen.add(prefix.hole.start);
      const model = namedModel(program, call);
      const tokens = Math.round(prefix.constantAfter / CHARACTERS_PER_TOKEN / 100) * 100;
      yield {
        span: { start: prefix.hole.start, end: prefix.hole.end },
        severity: prefix.isClock ? 'information' : 'hint',
        message: {
          what: `\`${program.text(prefix.hole).slice(0, 60)}\` ${prefix.isTools ? 'orders the tools anew' : 'changes'} from request to request and stands before some ${tokens} tokens of constant prompt.`,
          why: 'Providers reuse the work on a prompt only up to the first token that differs, so the constant part is computed anew every time.',
          advice: prefix.isTools
            ? 'Hand over the tools in the same order every time.'
            : prefix.isClock
              ? 'Put the constant part first, and the time or id into the last message; or cut the time to the day.'
              : 'Put the constant instructions first, and what changes after them or into the last message.',
          condition: 'It depends on whether the provider caches prefixes and on how soon the next request follows.',
        },
        related: relatedScale(scale),
        state: { prefix, scale, ...(model ? { model: { id: model.id } } : {}) },
      };
    }
  },

  effect({ state: { prefix, scale, model } }) {
    const before = Math.round((prefix.constantBefore + prefix.constantAfter) / CHARACTERS_PER_TOKEN);
    return {
      before: {
        kind: 'hosted-call',
        unit: scale.kind === 'items' ? 'item' : 'request',
        engine: 'hosted',
        inputTokens: before,
        ...(model ? { model } : {}),
      },
      after: { inputTokens: Math.max(1, before - Math.round(prefix.constantAfter / CHARACTERS_PER_TOKEN)) },
      alsoSaves: ['money', 'latency'],
    };
  },
});
