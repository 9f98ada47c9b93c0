import { defineRule, type Message } from '../../src/core/engine/rule.ts';
import type { Program } from '../../src/core/semantics/program.ts';
import { hostedRequest } from '../shared/hostedRequest.ts';
import { isJudgingPath } from '../shared/judgingPath.ts';
import { relatedScale } from '../shared/relatedScale.ts';
import { scaleOf } from '../shared/scale.ts';
import { type ShortAnswer, shortAnswer } from '../shared/shortAnswer.ts';
import { type ReasoningEffort, reasoningEffort } from './reasoningEffort.ts';

export default defineRule<ReasoningEffort>({
  meta: {
    id: 'llm-high-reasoning-effort',
    title: 'High reasoning effort for a short answer',
    category: 'hosted-llm',
    languages: ['typescript', 'python'],
    tier: 'recommended',
    fixes: ['suggestion'],
    catalogue: ['llm-high-reasoning-effort', 'llm-reasoning-effort-high'],
    libraries: [
      'openai',
      'litellm',
      '@anthropic-ai/sdk',
      '@anthropic-ai/bedrock-sdk',
      '@anthropic-ai/vertex-sdk',
      'anthropic',
      '@google/genai',
      'ai',
    ],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark || isJudgingPath(program.path)) return;
    for (const call of program.calls) {
      const effort = reasoningEffort(call, program);
      const request = effort && hostedRequest(call, program);
      const answer = request && shortAnswer(request, program);
      // A small limit together with reasoning leaves no room for the answer: a bug, not waste.
      if (!effort || !answer || answer.by === 'cap') continue;
      const scale = scaleOf(program, call);
      if (scale.kind === 'once') continue;
      const isSure = answer.by === 'choice' && (scale.kind === 'request' || scale.kind === 'items');
      yield {
        span: { start: effort.written.start, end: effort.written.end },
        severity: isSure ? 'warning' : 'information',
        message: messageOf(effort, answer, isSure, program),
        related: relatedScale(scale),
        // The middle is the default of several models: whether it is too much is a judgement.
        requiresStrict: effort.level === 'medium',
        state: effort,
      };
    }
  },

  fixes({ state: { written, level } }, program) {
    const source = program.text(written);
    const quote = source[0] ?? '';
    if (written.kind !== 'literal' || typeof written.value !== 'string' || !/['"`]/.test(quote)) return [];
    return [
      {
        title: `Use ${quote}low${quote} instead of ${quote}${level}${quote}`,
        safety: 'suggestion',
        reason: 'The model thinks less, so answers can change; compare them on your own examples.',
        edits: [{ span: { start: written.start, end: written.end }, text: quote + lowLike(level) + quote }],
      },
    ];
  },
});

function lowLike(level: string): string {
  return level === level.toUpperCase() ? 'LOW' : 'low';
}

function messageOf(effort: ReasoningEffort, answer: ShortAnswer, isSure: boolean, program: Program): Message {
  const task = answer.by === 'choice' ? 'only chooses from a fixed set' : 'asks for a short answer';
  const message = {
    what: `The request ${task} and lets the model think at length first (\`${program.text(effort.entry)}\`).`,
    why: 'Thoughts are generated tokens: they cost energy like an answer of that length and can outnumber the answer a hundred times.',
    advice: `${effort.advice}, and compare the answers on your own examples.`,
  };
  return isSure
    ? message
    : { ...message, condition: 'It depends on how hard the questions are and how often this runs.' };
}
