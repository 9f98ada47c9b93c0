import { messageParts } from './codeSpans.ts';
import type { ReportEntry, ReportGroup, ReportModel } from './reportModel.ts';
import { carbonRows, categoryText, count, effectText, placeText, savingText } from './words.ts';

/** The report as Markdown (GitHub's dialect, for its tables). Text from the code is escaped. */
export function toMarkdown(report: ReportModel): string {
  const { meta, profile, total } = report;
  return lines([
    `# Green AI report: ${escapeText(meta.label)}`,
    '',
    `${count(report.ranking.length, 'finding')} in ${count(meta.analysedFiles, 'file')}; made ${meta.createdAt} by Green AI ${meta.toolVersion}.`,
    `Hardware: **${escapeText(profile.name)}** (${profile.hardware.count} × ${escapeText(profile.hardware.device)}), ${escapeText(profile.site.region)}, ${profile.site.gramsPerKwh} g CO₂e/kWh (${profile.site.gridYear}), PUE ${profile.site.pue}${meta.otherProfiles?.length ? `; estimates of some files: ${escapeText(meta.otherProfiles.join(', '))}` : ''}.`,
    '',
    '## Saved per year',
    '',
    '| | estimate (90 % interval) |',
    '| --- | --- |',
    `| Energy | ${savingText(total.energy)} |`,
    ...carbonRows(total).map(([label, estimate]) => `| ${label} | ${savingText(estimate)} |`),
    `| Cost | ${savingText(total.cost)} |`,
    '',
    `${count(total.counted, 'finding')} counted. ${report.method}`,
    ...section('Findings by saving', report.ranking.length, [
      '| # | Where | What | Saved per year | Fix |',
      '| ---: | --- | --- | --- | --- |',
      ...report.ranking.map(row),
    ]),
    ...groups('By category', report.byCategory, categoryText),
    ...groups('By rule', report.byRule),
    ...groups('By file', report.byFile),
    ...section('Advice', report.ranking.length, report.ranking.map(advice)),
    ...section(
      'Assumptions',
      report.assumptions.length,
      report.assumptions.map(({ text, findings }) => `- ${escapeText(text)} (${count(findings, 'finding')})`),
    ),
    ...section(
      'Not analysed',
      meta.skipped.length,
      meta.skipped.map(({ path, reason }) => `- \`${code(path)}\`: ${escapeText(reason)}`),
    ),
  ]);
}

function row({ rank, location, what, ruleId, docsUrl, severity, impact, fix }: ReportEntry): string {
  const rule = `[${ruleId}](${docsUrl})`;
  return `| ${rank} | \`${code(placeText(location))}\` | ${message(what)} ${rule}, ${severity} | ${effectText(impact)} | ${fix ? fix.safety : 'none'} |`;
}

function advice({ rank, why, advice: todo, condition }: ReportEntry): string {
  return `${rank}. ${[why, condition, todo].flatMap((text) => (text ? message(text) : [])).join(' ')}`;
}

function groups(title: string, found: readonly ReportGroup[], label: (name: string) => string = (name) => name) {
  return section(title, found.length, [
    '| | Findings | Saved per year |',
    '| --- | ---: | --- |',
    ...found.map(
      ({ name, findings, total }) => `| ${escapeText(label(name))} | ${findings} | ${savingText(total.energy)} |`,
    ),
  ]);
}

function section(title: string, entries: number, content: readonly string[]): readonly string[] {
  return entries === 0 ? [] : ['', `## ${title}`, '', ...content];
}

/** A rule's sentence: the source text in it stays a code span. */
function message(text: string): string {
  return messageParts(text)
    .map((part) => (part.isCode ? `\`${code(part.text)}\`` : escapeText(part.text)))
    .join('');
}

function escapeText(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#|~]/g, '\\$&').replace(/\s+/g, ' ');
}

/** Inside a code span nothing but the backtick and the table's bar can end it. */
function code(text: string): string {
  return text.replaceAll('`', 'ˋ').replaceAll('|', '\\|').replace(/\s+/g, ' ');
}

function lines(parts: readonly string[]): string {
  return `${parts.join('\n')}\n`;
}
