import { defineRule } from '../../src/core/engine/rule.ts';
import type { Expression } from '../../src/core/ir/expression.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { hostedForm } from '../shared/hostedForm.ts';
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
    libraries: ['openai', '@google/genai'],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark) return;
    for (const call of program.calls) {
      const several = severalAnswers(call, program);
      if (!several || !readsOnlyFirst(call, program)) continue;
      const scale = scaleOf(program, call);
      const { written, count } = several;
      yield {
        span: { start: written.start, end: written.end },
        severity: scale.kind === 'once' ? 'hint' : severityFor(scale),
        message: {
          what: `${count} answers are generated, and only the first is read.`,
          why: 'Each answer is generated and billed in full.',
          advice: 'Ask for one answer.',
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

function severalAnswers(
  call: Call,
  program: Program,
): { readonly written: Expression; readonly count: number } | undefined {
  const found = hostedForm(call, program);
  const name = call.api?.name ?? '';
  const path = /^openai\..*chat\.completions\.create$/.test(name)
    ? 'n'
    : /^@google\/genai\..*generateContent$/.test(name)
      ? 'config.candidateCount'
      : undefined;
  const argument = found && path !== undefined ? call.argument(found.at + path) : undefined;
  const count = argument?.kind === 'known' ? program.constant(argument.value) : undefined;
  if (argument?.kind !== 'known' || argument.value.kind !== 'literal' || count?.kind !== 'known') return undefined;
  if (typeof count.value !== 'number' || count.value < 2) return undefined;
  return { written: argument.value, count: count.value };
}
