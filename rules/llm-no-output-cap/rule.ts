import { defineRule, type Edit } from '../../src/core/engine/rule.ts';
import { insertProperty } from '../../src/core/fixes/callEdits.ts';
import type { Program } from '../../src/core/semantics/program.ts';
import { findHostedModel } from '../../src/knowledge/models/findHostedModel.ts';
import { requestsWith } from '../shared/handedPrompts.ts';
import type { HostedRequest } from '../shared/hostedRequest.ts';
import { relatedScale } from '../shared/relatedScale.ts';
import { type Scale, scaleOf } from '../shared/scale.ts';
import { shortAnswer } from '../shared/shortAnswer.ts';

interface UncappedRequest {
  readonly request: HostedRequest;
  readonly scale: Scale;
}

/** Enough for a title or a label with some room. */
const TOKENS = 64;
/** Version in which the AI SDK renamed `maxTokens`. */
const RENAMED_IN = 5;

export default defineRule<UncappedRequest>({
  meta: {
    id: 'llm-no-output-cap',
    title: 'No output limit on a request for a short answer',
    category: 'hosted-llm',
    languages: ['typescript'],
    tier: 'strict',
    fixes: ['suggestion'],
    catalogue: ['llm-no-output-cap'],
    libraries: ['openai', '@google/genai', '@mistralai/mistralai', 'ai'],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark) return;
    for (const call of program.calls) {
      for (const [request, answer] of requestsWith(call, program, (asked) => shortAnswer(asked, program))) {
        if (request.cap !== undefined || countsThoughts(request)) continue;
        const { site } = request;
        const scale = scaleOf(program, site);
        if ((answer.by !== 'words' && answer.by !== 'labels') || scale.kind === 'once') continue;
        const isSure = scale.kind === 'request' || scale.kind === 'items';
        yield {
          span: { start: site.node.start, end: site.node.callee.end },
          severity: isSure ? 'information' : 'hint',
          message: {
            what: `The request asks for a short answer (${answer.by === 'words' ? `"${answer.words}"` : answer.labels.join(', ').slice(0, 60)}) and sets no limit for it.`,
            why: 'Energy grows with every token that is generated, and a model that starts to explain itself runs on to its own limit.',
            advice: `Set \`${request.capParameter}\` to some ${TOKENS} tokens.`,
            condition: 'The saving depends on how often answers run long.',
          },
          related: [
            ...(site === call ? [] : [{ span: call.node.callee, message: 'The request is made here' }]),
            ...relatedScale(scale),
          ],
          state: { request, scale },
        };
      }
    }
  },

  fixes({ state: { request } }, program) {
    // Other callers of the function may want long answers.
    if (request.site !== request.call) return [];
    const edits = capEdits(request, program);
    if (!edits) return [];
    return [
      {
        title: `Limit the answer to ${TOKENS} tokens`,
        safety: 'suggestion',
        reason: 'A longer answer is cut off.',
        edits,
      },
    ];
  },
});

/** The limit of reasoning models counts their thoughts, and Anthropic asks for a limit anyway. */
function countsThoughts({ model, call }: HostedRequest): boolean {
  const size = findHostedModel(model.id)?.hosted?.size;
  const thinks = size === undefined || size === 'reasoning' || /gpt-5|gemini-(2\.5|3)|\bo\d/.test(model.id);
  return thinks || /nthropic/.test(call.api?.name ?? '') || call.argument('options.providerOptions').kind !== 'absent';
}

function capEdits(request: HostedRequest, program: Program): readonly Edit[] | undefined {
  const options = request.call.node.args[0]?.value;
  if (options?.kind !== 'mapping' || request.capParameter.includes('.')) return undefined;
  const name = request.library === 'ai' ? aiSdkParameter(program) : request.capParameter;
  if (name === undefined) return undefined;
  return insertProperty(options, `${name}: ${TOKENS}`, program.module.text, program.module.language);
}

/** The other name is ignored without an error, so the project's own version has to say. */
function aiSdkParameter(program: Program): string | undefined {
  const version = program.environment.versions.version('ai');
  if (version.kind !== 'known') return undefined;
  const { exact, min, below } = version.value;
  if (Number.parseInt(exact ?? min ?? '', 10) >= RENAMED_IN) return 'maxOutputTokens';
  return Number.parseInt(exact ?? below ?? '', 10) < RENAMED_IN ? 'maxTokens' : undefined;
}
