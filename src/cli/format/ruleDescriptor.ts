import type { ReportingDescriptor } from 'sarif';
import { docsUrl } from '../../core/engine/docsUrl.ts';
import type { RegisteredRule } from '../../core/engine/rule.ts';
import { sarifLevel } from './sarifLevel.ts';

/** A rule as SARIF describes it. `page` is its documentation in Markdown: heading, "What", "Why", "Examples". */
export function ruleDescriptor({ meta }: RegisteredRule, page: string | undefined): ReportingDescriptor {
  const what = page && section(page, 'What');
  const why = page && section(page, 'Why');
  const link = docsUrl(meta.id);
  const help = [what, why].filter(Boolean).join('\n\n');
  return {
    id: meta.id,
    name: meta.id.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: meta.title },
    ...(what ? { fullDescription: { text: plain(what), markdown: what } } : {}),
    help: {
      text: [help && plain(help), `Documentation: ${link}`].filter(Boolean).join('\n\n'),
      markdown: [help, `[Documentation with examples](${link})`].filter(Boolean).join('\n\n'),
    },
    helpUri: link,
    defaultConfiguration: { level: usualLevel(page), enabled: meta.tier === 'recommended' },
    properties: { category: meta.category, tier: meta.tier, languages: meta.languages, catalogue: meta.catalogue },
  };
}

/** Level of most of the examples that the rule reports: what a report says depends on what is proved at the place. */
function usualLevel(page: string | undefined): 'warning' | 'note' {
  const levels = [...(page ?? '').matchAll(/^```\w+ bad\b.*\bseverity=(warning|information|hint)\b/gm)].map((match) =>
    sarifLevel(match[1] === 'warning' ? 'warning' : 'information'),
  );
  return levels.filter((level) => level === 'note').length * 2 > levels.length ? 'note' : 'warning';
}

function section(page: string, heading: string): string | undefined {
  const [, after] = page.replaceAll('\r\n', '\n').split(`\n## ${heading}\n`);
  return after?.split(/\n## /)[0]?.trim();
}

/** Markdown without its marks, for viewers that show text as it is. */
function plain(markdown: string): string {
  return markdown.replace(/\[([^\]]+)\]\([^)]*\)/g, '$1').replace(/[`*]/g, '');
}
