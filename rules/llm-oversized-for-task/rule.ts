import { defineRule, type Message } from '../../src/core/engine/rule.ts';
import type { Program } from '../../src/core/semantics/program.ts';
import { findHostedModel, lighterHostedModels } from '../../src/knowledge/models/findHostedModel.ts';
import { requestsWith } from '../shared/handedPrompts.ts';
import type { HostedRequest } from '../shared/hostedRequest.ts';
import { isJudgingPath } from '../shared/judgingPath.ts';
import { relatedScale } from '../shared/relatedScale.ts';
import { type Scale, scaleOf } from '../shared/scale.ts';
import { type ShortAnswer, shortAnswer } from '../shared/shortAnswer.ts';
import { type SimpleTask, simpleTask } from './simpleTask.ts';

interface OversizedModel {
  readonly request: HostedRequest;
  readonly answer: ShortAnswer | SimpleTask;
  readonly lighter: string;
  readonly scale: Scale;
}

export default defineRule<OversizedModel>({
  meta: {
    id: 'llm-oversized-for-task',
    title: 'Large hosted model for a small task',
    category: 'oversized-model',
    languages: ['typescript', 'python'],
    tier: 'strict',
    fixes: ['suggestion'],
    catalogue: ['llm-oversized-for-task', 'llm-oversized-hosted-model'],
    libraries: [
      'openai',
      'litellm',
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
    if (program.isTestOrBenchmark || isJudgingPath(program.path)) return;
    for (const call of program.calls) {
      for (const [request, answer] of requestsWith(call, program, (asked) => taskOf(asked, program))) {
        const lighter = lighterFor(request.model.id);
        const scale = scaleOf(program, request.site);
        if (lighter === undefined || scale.kind === 'once') continue;
        const state = { request, answer, lighter, scale };
        const { expression } = request.model;
        const isHere = request.site === call;
        yield {
          span: isHere ? { start: expression.start, end: expression.end } : request.site.node.callee,
          severity: isSure(state) ? 'warning' : 'information',
          message: messageOf(state),
          related: [
            ...(isHere ? [] : [{ span: expression, message: 'The model is named here' }]),
            ...relatedScale(scale),
          ],
          state,
        };
      }
    }
  },

  effect({ state: { request, answer, lighter, scale } }) {
    return {
      before: {
        kind: 'hosted-call',
        unit: scale.kind === 'items' ? 'item' : 'request',
        engine: 'hosted',
        model: { id: request.model.id },
        outputTokens: request.cap ?? (answer.by === 'task' ? TASK_TOKENS : LABEL_TOKENS),
      },
      after: { model: { id: lighter } },
      alsoSaves: ['money', 'latency'],
    };
  },

  fixes({ state: { request, lighter } }, program) {
    // Other callers of the function may need the large model.
    if (request.site !== request.call) return [];
    const { expression, id } = request.model;
    const source = program.text(expression);
    const quote = source[0] ?? '';
    if (expression.kind !== 'literal' || source.slice(1, -1) !== id || !/['"`]/.test(quote)) return [];
    const prefix = id.slice(0, id.lastIndexOf('/') + 1);
    return [
      {
        title: `Use ${lighter}`,
        safety: 'suggestion',
        reason: 'Answers change; compare them on your own examples first.',
        edits: [
          { span: { start: expression.start, end: expression.end }, text: `${quote}${prefix}${lighter}${quote}` },
        ],
      },
    ];
  },
});

function taskOf(request: HostedRequest, program: Program): ShortAnswer | SimpleTask | undefined {
  return shortAnswer(request, program) ?? simpleTask(request, scaleOf(program, request.site), program);
}

/** A label, and a sentence or a few fields. */
const LABEL_TOKENS = 16;
const TASK_TOKENS = 64;

const LARGE: ReadonlySet<string> = new Set(['medium', 'large', 'reasoning']);
const SMALL: ReadonlySet<string> = new Set(['nano', 'small']);

/** A small model of the same provider, for a model that is a large one. */
function lighterFor(id: string): string | undefined {
  const size = findHostedModel(id)?.hosted?.size ?? '';
  if (!LARGE.has(size) || /mini|nano|flash|haiku|lite|audio|vision|transcribe|realtime|search/i.test(id))
    return undefined;
  return lighterHostedModels(id).find((lighter) => SMALL.has(findHostedModel(lighter)?.hosted?.size ?? ''));
}

/** What the request may answer is bounded by its form, not only by its words. */
function isSure({ answer, scale }: OversizedModel): boolean {
  return (answer.by === 'choice' || answer.by === 'cap') && (scale.kind === 'request' || scale.kind === 'items');
}

function messageOf(state: OversizedModel): Message {
  const { request, answer, lighter } = state;
  const task =
    answer.by === 'task'
      ? `${answer.does}, one item a call`
      : answer.by === 'choice'
        ? 'only chooses from a fixed set'
        : answer.by === 'cap'
          ? `may answer ${answer.tokens} tokens at most`
          : answer.by === 'labels'
            ? `only chooses among labels that the program compares it with (${answer.labels.join(', ').slice(0, 60)})`
            : `asks for a short answer ("${answer.words}")`;
  const message = {
    what: `The request to \`${request.model.id}\` ${task}.`,
    why: 'Energy per token grows with the size of the model, and small models do such tasks about as well.',
    advice: `Try \`${lighter}\` on your own examples${answer.by === 'task' ? '' : '; for a fixed set a local classifier needs less still'}.`,
  };
  if (isSure(state)) return message;
  return { ...message, condition: 'It depends on how often this runs and on the quality that the task needs.' };
}
