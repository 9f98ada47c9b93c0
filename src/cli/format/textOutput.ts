import type { Finding } from '../../core/engine/finding.ts';
import type { Severity } from '../../core/engine/rule.ts';
import { LineIndex } from '../../core/text/lineIndex.ts';
import { noEnergyText } from '../../energy/benefitText.ts';
import { amountText, estimateText } from '../../energy/estimateText.ts';
import type { Impact } from '../../energy/impact.ts';
import { totalSaving } from '../../report/totalSaving.ts';
import { count } from '../../report/words.ts';
import type { Analysis } from '../analysis/analyzeAll.ts';
import { codeFrame } from './codeFrame.ts';
import type { Paint } from './paint.ts';

/** Findings for people, and the summary line. Suppressed ones are only counted. */
export function textOutput(analysis: Analysis, profileName: string, colour: Paint): string {
  const lines = sourceLines(analysis);
  const shown = analysis.findings.filter(({ suppression }) => !suppression);
  const blocks = shown.map((finding) => findingText(finding, lines(finding), colour));
  return [...blocks, summary(analysis, shown, profileName, colour)].join('\n');
}

/** `app/main.py:12:9: warning model-load-per-call: what`, the code, then why, estimate and advice. */
function findingText(finding: Finding, lines: LineIndex | undefined, colour: Paint): string {
  const { message, severity, ruleId, location, impact, related, fixes } = finding;
  const rows = [
    `${colour.bold(place(finding.location))}: ${level(severity, colour)} ${colour.bold(ruleId)}: ${message.what}`,
    ...(lines ? [indent(codeFrame(lines, location.range, colour))] : []),
    detail('why', message.why, colour),
    ...(impact ? [detail('estimate', impactText(impact), colour)] : []),
    ...(message.condition ? [detail('depends', message.condition, colour)] : []),
    detail('help', message.advice, colour),
    ...related.map((other) => detail('see', `${place(other.location)}: ${other.message}`, colour)),
    ...fixes.map(({ title, safety, reason }) =>
      detail('fix', `${title} (${safety === 'safe' ? 'safe' : `suggestion${reason ? `: ${reason}` : ''}`})`, colour),
    ),
  ];
  return `${rows.join('\n')}\n`;
}

function detail(label: string, text: string, colour: Paint): string {
  return `  ${colour.cyan(`${label}:`.padEnd(10))}${text}`;
}

function impactText(impact: Impact): string {
  const { direction, energyPerYear, carbonPerYear, costPerYear, probability } = impact;
  if (direction === 'none') return noEnergyText(impact);
  if (direction === 'increases') return 'on this hardware the advice would cost energy';
  const amounts = `${estimateText(energyPerYear)} a year, ${estimateText(carbonPerYear)}, ${estimateText(costPerYear)}`;
  return direction === 'saves'
    ? `saves ${amounts}`
    : `may save or cost: ${amounts}; saves with ${Math.round(probability * 100)} %`;
}

function summary(analysis: Analysis, shown: readonly Finding[], profileName: string, colour: Paint): string {
  const files = analysis.outcomes.filter(({ result }) => result !== undefined).length;
  const suppressed = analysis.findings.length - shown.length;
  const ignored = suppressed > 0 ? ` (${suppressed} suppressed)` : '';
  if (shown.length === 0) return `${colour.green('No findings')} in ${count(files, 'file')}${ignored}.\n`;
  const levels = (['warning', 'information', 'hint'] as const).flatMap((severity) => {
    const amount = shown.filter((finding) => finding.severity === severity).length;
    return amount === 0 ? [] : `${amount} ${severity}${severity === 'information' || amount === 1 ? '' : 's'}`;
  });
  const withFindings = new Set(shown.map(({ location }) => location.path)).size;
  const total = totalSaving(shown);
  const fixable = shown.filter(({ fixes }) => fixes.some(({ safety }) => safety === 'safe')).length;
  return [
    `${colour.bold(`Found ${count(shown.length, 'finding')}`)} (${levels.join(', ')}) in ${withFindings} of ${count(files, 'file')}${ignored}.`,
    ...(total.counted > 0
      ? [
          `Together they cost about ${colour.bold(amountText(total.energy))}, ${amountText(total.carbon)} and ${amountText(total.cost)} a year (${profileName}).`,
        ]
      : []),
    ...(fixable > 0 ? [`${fixable} can be fixed safely with green-ai fix.`] : []),
    '',
  ].join('\n');
}

function level(severity: Severity, colour: Paint): string {
  return { warning: colour.yellow, information: colour.blue, hint: colour.dim }[severity](severity);
}

function place({ path, cell, range }: Finding['location']): string {
  const { line, character } = range.start;
  return `${path}:${cell === undefined ? '' : `cell ${cell + 1}:`}${line + 1}:${character + 1}`;
}

function indent(text: string): string {
  return text.replace(/^/gm, '  ');
}

/** Lines of the file or cell that a finding stands in. */
function sourceLines({ outcomes }: Analysis): (finding: Finding) => LineIndex | undefined {
  const cache = new Map<string, LineIndex>();
  const inputs = new Map(outcomes.map(({ file, input }) => [file.path, input]));
  return ({ location: { path, cell } }) => {
    const key = `${path}\u0000${cell ?? ''}`;
    const known = cache.get(key);
    if (known) return known;
    const input = inputs.get(path);
    const text = input?.kind === 'notebook' ? input.cells[cell ?? -1]?.text : input?.text;
    const lines = text === undefined ? undefined : new LineIndex(text);
    if (lines) cache.set(key, lines);
    return lines;
  };
}
