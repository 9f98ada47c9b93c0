import type { Finding } from '../core/engine/finding.ts';
import type { Severity } from '../core/engine/rule.ts';
import type { Profile } from '../energy/profile.ts';
import type { ReportEntry, ReportGroup, ReportMeta, ReportModel } from './reportModel.ts';
import { countedFindings, energyOf, SUMMING_METHOD, totalSaving } from './totalSaving.ts';

const SEVERITIES: readonly Severity[] = ['warning', 'information', 'hint'];

/** The report on findings of any number of files. Suppressed findings are left out; the meta data counts them. */
export function buildReport(all: readonly Finding[], profile: Profile, meta: ReportMeta): ReportModel {
  const findings = all.filter(({ suppression }) => !suppression);
  const counted = new Set(countedFindings(findings));
  return {
    format: 'green-ai-report',
    version: 1,
    meta,
    profile,
    total: totalSaving(findings),
    method: SUMMING_METHOD,
    severities: {
      warning: findings.filter(({ severity }) => severity === 'warning').length,
      information: findings.filter(({ severity }) => severity === 'information').length,
      hint: findings.filter(({ severity }) => severity === 'hint').length,
    },
    ranking: [...findings]
      .sort(compareFindings)
      .map((finding, index) => entryOf(finding, index + 1, counted.has(finding))),
    byCategory: group(findings, ({ category }) => category),
    byRule: group(findings, ({ ruleId }) => ruleId),
    byFile: group(findings, ({ location }) => location.path),
    assumptions: assumptionsOf(findings),
  };
}

function compareFindings(a: Finding, b: Finding): number {
  const [placeA, placeB] = [a, b].map(({ location }) => location);
  return (
    energyOf(b) - energyOf(a) ||
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
    compareText(a.location.path, b.location.path) ||
    (placeA?.cell ?? 0) - (placeB?.cell ?? 0) ||
    a.location.range.start.line - b.location.range.start.line ||
    compareText(a.ruleId, b.ruleId)
  );
}

function entryOf(finding: Finding, rank: number, isCounted: boolean): ReportEntry {
  const { ruleId, category, severity, message, docsUrl, location, impact, fixes, fingerprint } = finding;
  const fix = fixes.find(({ safety }) => safety === 'safe') ?? fixes[0];
  return {
    rank,
    ruleId,
    category,
    severity,
    ...message,
    docsUrl,
    location,
    ...(impact ? { impact } : {}),
    isCounted,
    ...(fix ? { fix: { title: fix.title, safety: fix.safety } } : {}),
    fingerprint,
  };
}

/** Groups by saving, largest first. A group's total is its own: totals of groups may count a line more than once. */
function group(findings: readonly Finding[], nameOf: (finding: Finding) => string): readonly ReportGroup[] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) groups.set(nameOf(finding), [...(groups.get(nameOf(finding)) ?? []), finding]);
  return [...groups]
    .map(([name, members]) => ({ name, findings: members.length, total: totalSaving(members) }))
    .sort((a, b) => b.total.energy.mid - a.total.energy.mid || b.findings - a.findings || compareText(a.name, b.name));
}

function assumptionsOf(findings: readonly Finding[]): ReportModel['assumptions'] {
  const counts = new Map<string, number>();
  for (const { impact } of findings) {
    for (const text of new Set(impact?.assumptions)) counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return [...counts].map(([text, count]) => ({ text, findings: count })).sort((a, b) => b.findings - a.findings);
}

/** By code unit, so that the order is the same on every machine. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
