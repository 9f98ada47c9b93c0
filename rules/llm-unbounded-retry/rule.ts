import { defineRule } from '../../src/core/engine/rule.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { repeatsOnFailure, type TriedInLoop, triedInLoop } from '../shared/retryText.ts';

export default defineRule<TriedInLoop>({
  meta: {
    id: 'llm-unbounded-retry',
    title: 'Request to a hosted model tried again without end',
    category: 'hosted-llm',
    languages: ['typescript', 'python'],
    tier: 'recommended',
    fixes: [],
    catalogue: ['llm-unbounded-retry-loop'],
    libraries: ['openai', '@anthropic-ai/sdk', 'anthropic', '@google/genai', 'ai', 'google'],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark) return;
    const seen = new Set<number>();
    for (const call of program.calls) {
      if (call.api?.roles.includes('hosted-call') !== true) continue;
      const tried = endlessRetry(call, program);
      if (!tried || seen.has(tried.loop.start)) continue;
      seen.add(tried.loop.start);
      const waits = WAITS.test(program.text(tried.loop));
      yield {
        span: { start: call.node.start, end: call.node.callee.end },
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
        related: [
          {
            span: { start: tried.loop.start, end: tried.loop.test?.end ?? tried.loop.start + 1 },
            message: 'Endless loop',
          },
        ],
        // Waiting keeps the storm small; whether a limit is missed is a judgement.
        requiresStrict: waits,
        state: tried,
      };
    }
  },
});

const WAITS = /sleep|delay|setTimeout|\bwait|backoff/i;
/** A counter, or a person who is asked. */
const BOUNDED =
  /attempt|retr(y|ies)|tries|count|\+\+|\+=\s*1|max_|MAX_|input\(|question\(|readline|prompt\.get|deadline|timeout/i;

function endlessRetry(call: Call, program: Program): TriedInLoop | undefined {
  const tried = triedInLoop(call, program);
  if (!tried || !isEndless(tried.loop, program) || !repeatsOnFailure(tried, program)) return undefined;
  if (BOUNDED.test(program.text(tried.loop)) || call.place.loops[0]?.purpose === 'interactive') return undefined;
  // Success has to leave the loop: a service that works for ever is no retry.
  const leaves = tried.attempt.body.some((statement) => /^\s*(return|break)\b/m.test(program.text(statement)));
  const asksTools = ['tools', 'body.tools', 'options.tools'].some((name) => call.argument(name).kind !== 'absent');
  return leaves && !asksTools ? tried : undefined;
}

function isEndless(loop: TriedInLoop['loop'], program: Program): boolean {
  if (loop.kind === 'for') return loop.form === 'count' && loop.test === undefined;
  const test = program.constant(loop.test);
  return test.kind === 'known' && (test.value === true || test.value === 1);
}
