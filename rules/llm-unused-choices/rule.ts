import { defineRule } from '../../src/core/engine/rule.ts';
import type { Expression } from '../../src/core/ir/expression.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { namedModel } from '../shared/namedModels.ts';
import { relatedScale } from '../shared/relatedScale.ts';
import { type Scale, scaleOf, severityFor } from '../shared/scale.ts';
import { readsOnlyFirst } from './readsOnlyFirst.ts';

interface Unused {
  readonly call: Call;
  readonly written: Expression;
  readonly count: number;
  readonly scale: Scale;
}

export default defineRule<Unused>({
  meta: {
    id: 'llm-unused-choices',
    title: 'Several answers generated and one used',
    category: 'hosted-llm',
    languages: ['typescript', 'python'],
    tier: 'recommended',
    fixes: ['suggestion'],
    catalogue: ['llm-n-unused-choices'],
    libraries: ['openai', '@google/genai', '@mlc-ai/web-llm'],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark) return;
    for (const call of program.calls) {
      const several = severalAnswers(call, program);
      if (!several || !readsOnlyFirst(call, program)) continue;
      const scale = scaleOf(program, call);
      const { written, count, isRanked } = several;
      yield {
        span: { start: written.start, end: written.end },
        severity: scale.kind === 'once' ? 'hint' : severityFor(scale),
        message: {
          what: isRanked
            ? `${count} answers are generated, and the server gives back the one that it holds for the likeliest.`
            : `${count} answers are generated, and only the first is read.`,
          why: 'Each answer is generated and billed in full.',
          advice: isRanked ? 'Ask for one answer, unless the ranking has shown its worth.' : 'Ask for one answer.',
          ...(severityFor(scale) === 'warning' ? {} : { condition: 'The saving depends on how often this runs.' }),
        },
        related: relatedScale(scale),
        state: { call, scale, written, count },
      };
    }
  },

  effect({ state: { call, scale, count } }, program) {
    const model = namedModel(program, call);
    return {
      before: {
        kind: 'hosted-call',
        unit: scale.kind === 'items' ? 'item' : 'request',
        engine: 'hosted',
        ...(model ? { model: { id: model.id } } : {}),
        outputTokens: count * TOKENS,
      },
      after: { outputTokens: TOKENS },
      alsoSaves: ['money'],
    };
  },

  fixes({ state: { written } }) {
    return [
      {
        title: 'Ask for one answer',
        safety: 'suggestion',
        reason:
          'The request changes: with a fixed seed, or a server that ranks or searches over the answers, the first one may be another.',
        edits: [{ span: { start: written.start, end: written.end }, text: '1' }],
      },
    ];
  },
});

/** A short paragraph; the ratio is what counts. */
const TOKENS = 100;

/** Where an API takes the number of answers: openai 6.49, @google/genai 3.1, @mlc-ai/web-llm 0.2.86 (their typings). */
const NUMBERS: readonly { readonly api: RegExp; readonly at: string; readonly paths: readonly string[] }[] = [
  { api: /^openai\..*chat\.completions\.create$/, at: 'body.', paths: ['n'] },
  { api: /^openai\.OpenAI\.completions\.create$/, at: 'body.', paths: ['best_of', 'n'] },
  { api: /^openai\.OpenAI\.images\.generate$/, at: 'body.', paths: ['n'] },
  { api: /^@google\/genai\..*generateContent$/, at: 'params.', paths: ['config.candidateCount'] },
  { api: /^@mlc-ai\/web-llm\.MLCEngine\.(chat\.)?completions\.create$/, at: 'request.', paths: ['n'] },
];

function severalAnswers(
  call: Call,
  program: Program,
): { readonly written: Expression; readonly count: number; readonly isRanked: boolean } | undefined {
  const form = NUMBERS.find(({ api }) => api.test(call.api?.name ?? ''));
  if (!form) return undefined;
  const at = program.module.language === 'python' ? '' : form.at;
  const path = form.paths.find((candidate) => call.argument(at + candidate).kind !== 'absent');
  const argument = path === undefined ? undefined : call.argument(at + path);
  const count = argument?.kind === 'known' ? program.constant(argument.value) : undefined;
  if (argument?.kind !== 'known' || argument.value.kind !== 'literal' || count?.kind !== 'known') return undefined;
  if (typeof count.value !== 'number' || count.value < 2) return undefined;
  return { written: argument.value, count: count.value, isRanked: path === 'best_of' };
}
