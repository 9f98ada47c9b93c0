import { defineRule } from '../../src/core/engine/rule.ts';
import type { MappingEntry } from '../../src/core/ir/expression.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';

const RENAMED_IN = 5;

export default defineRule<MappingEntry>({
  meta: {
    id: 'aisdk-max-tokens-renamed',
    title: 'Output limit of the AI SDK is ignored under its old name',
    category: 'hosted-llm',
    languages: ['typescript'],
    tier: 'recommended',
    fixes: ['safe'],
    catalogue: ['aisdk-max-tokens-renamed'],
    libraries: ['ai'],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark) return;
    for (const call of program.calls) {
      if (!/^ai\.(generate|stream)(Text|Object)$/.test(call.api?.name ?? '')) continue;
      const entry = oldLimit(call);
      if (!entry || !isRenamed(program)) continue;
      yield {
        span: { start: entry.start, end: entry.end },
        severity: 'information',
        message: {
          what: '`maxTokens` is ignored since version 5 of the AI SDK, so the answer has no limit.',
          why: 'Every generated token costs energy and money; the limit that was meant to bound them is gone without an error.',
          advice: 'Rename it to `maxOutputTokens`.',
          condition: 'The saving depends on how often answers run past the limit.',
        },
        related: [],
        state: entry,
      };
    }
  },

  fixes({ state: entry }, program) {
    const source = program.text(entry);
    const isShorthand = source === 'maxTokens';
    const span = isShorthand
      ? { start: entry.start, end: entry.end }
      : { start: entry.start, end: entry.start + (/^(['"]?)maxTokens\1/.exec(source)?.[0].length ?? 0) };
    if (span.end === span.start) return [];
    const text = isShorthand ? 'maxOutputTokens: maxTokens' : 'maxOutputTokens';
    return [{ title: 'Rename to maxOutputTokens', safety: 'safe', edits: [{ span, text }] }];
  },
});

function oldLimit(call: Call): MappingEntry | undefined {
  const options = call.node.args[0]?.value;
  if (options?.kind !== 'mapping' || options.entries.some(({ key }) => key === 'maxOutputTokens')) return undefined;
  return options.entries.find(({ key }) => key === 'maxTokens');
}

/** Versions 3 and 4 read `maxTokens`, so the project's own version has to say. */
function isRenamed(program: Program): boolean {
  const version = program.environment.versions.version('ai');
  return version.kind === 'known' && Number.parseInt(version.value.exact ?? version.value.min ?? '', 10) >= RENAMED_IN;
}
