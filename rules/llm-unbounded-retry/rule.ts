import { defineRule } from '../../src/core/engine/rule.ts';
import { type EndlessRetry, endlessRetry } from './endlessRetry.ts';

export default defineRule<EndlessRetry>({
  meta: {
    id: 'llm-unbounded-retry',
    title: 'Request to a hosted model tried again without end',
    category: 'hosted-llm',
    languages: ['typescript', 'python'],
    tier: 'recommended',
    fixes: [],
    catalogue: ['llm-unbounded-retry-loop'],
    libraries: [
      'openai',
      '@anthropic-ai/sdk',
      '@anthropic-ai/bedrock-sdk',
      '@anthropic-ai/vertex-sdk',
      'anthropic',
      '@google/genai',
      'ai',
      'google',
    ],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark) return;
    const seen = new Set<number>();
    for (const call of program.calls) {
      if (call.api?.roles.includes('hosted-call') !== true) continue;
      const tried = endlessRetry(call, program);
      if (!tried || seen.has(tried.body.start)) continue;
      seen.add(tried.body.start);
      const waits = WAITS.test(program.text(tried.body));
      yield {
        span: { start: tried.call.node.start, end: tried.call.node.callee.end },
        severity: waits ? 'hint' : 'information',
        message: {
          what: waits
            ? 'A request that fails is sent again without a limit.'
            : 'A request that fails, or an answer that cannot be read, is asked for again at once and without a limit.',
          why: 'A prompt that never works, or a provider that is down, is paid for until somebody stops the process.',
          advice:
            'Count the attempts, or leave retries to the client, which waits longer each time; for an answer of a fixed form ask for structured output.',
          condition: 'It costs only while requests or answers fail.',
        },
        related: [{ span: tried.head, message: tried.headSays }],
        // Waiting keeps the storm small; whether a limit is missed is a judgement.
        requiresStrict: waits,
        state: tried,
      };
    }
  },
});

const WAITS = /sleep|delay|setTimeout|\bwait|backoff/i;
