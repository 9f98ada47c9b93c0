import type { Severity } from '../../core/engine/rule.ts';
import type { MainProfile } from '../../report/mainProfile.ts';
import { SUMMING_METHOD, totalSaving } from '../../report/totalSaving.ts';
import type { Analysis } from '../analysis/analyzeAll.ts';

/** Findings as the engine gives them (positions from 0, UTF-16), with problems, totals and the profile that most files have. */
export function jsonOutput(
  { findings, problems, outcomes }: Analysis,
  { profile, others }: MainProfile,
  version: string,
): string {
  const shown = findings.filter(({ suppression }) => !suppression);
  const of = (severity: Severity): number => shown.filter((finding) => finding.severity === severity).length;
  const summary = {
    files: outcomes.filter(({ result }) => result !== undefined).length,
    findings: shown.length,
    warning: of('warning'),
    information: of('information'),
    hint: of('hint'),
    suppressed: findings.length - shown.length,
    fixable: shown.filter(({ fixes }) => fixes.some(({ safety }) => safety === 'safe')).length,
    total: totalSaving(shown),
    method: SUMMING_METHOD,
  };
  return `${JSON.stringify({ version, findings, problems, summary, profile, otherProfiles: others }, undefined, 2)}\n`;
}
