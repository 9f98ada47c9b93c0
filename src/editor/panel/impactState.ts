import type { Finding } from '../../core/engine/finding.ts';
import type { Profile } from '../../energy/profile.ts';
import { amountText, intervalText } from '../estimateText.ts';
import type { AnalysedTarget } from '../findingsStore.ts';
import { profileDetail } from '../profilePicker.ts';
import { locationUri } from '../toDiagnostic.ts';
import type { ImpactState, RankedFinding, ScopeTotals } from './protocol.ts';
import { type Saving, totalSaving } from './totalSaving.ts';

export interface ImpactSources {
  readonly profile: Profile | undefined;
  readonly file: AnalysedTarget | undefined;
  /** Of the last report; undefined until one has been run. */
  readonly workspace: { readonly label: string; readonly findings: readonly Finding[] } | undefined;
}

/** Everything the view shows, computed from the stored findings: the view, the hover and the report cannot disagree. */
export function impactState({ profile, file, workspace }: ImpactSources): ImpactState {
  return {
    profile: profile && { name: profile.name, detail: profileDetail(profile) },
    file: file && scopeTotals(fileName(file.snapshot.input.path), shownFindings(file)),
    workspace: workspace && scopeTotals(workspace.label, workspace.findings),
    ranking: file === undefined ? [] : ranking(file),
  };
}

export function shownFindings({ result }: AnalysedTarget): readonly Finding[] {
  return result.findings.filter(({ suppression }) => suppression === undefined);
}

function scopeTotals(label: string, findings: readonly Finding[]): ScopeTotals {
  const saving = totalSaving(findings);
  return { label, findings: findings.length, totals: saving === undefined ? [] : totals(saving) };
}

function totals({ energy, carbon, cost }: Saving): ScopeTotals['totals'] {
  return [
    { name: 'Energy per year', amount: amountText(energy), interval: intervalText(energy) },
    { name: 'CO₂e per year', amount: amountText(carbon), interval: intervalText(carbon) },
    { name: 'Money per year', amount: amountText(cost), interval: intervalText(cost) },
  ];
}

function ranking(file: AnalysedTarget): readonly RankedFinding[] {
  const saving = (finding: Finding): number => finding.impact?.energyPerYear.mid ?? 0;
  const sorted = [...shownFindings(file)].sort((a, b) => saving(b) - saving(a));
  const largest = Math.max(0, ...sorted.map(saving));
  return sorted.map((finding) => rankedFinding(finding, file, largest));
}

function rankedFinding(finding: Finding, { snapshot }: AnalysedTarget, largest: number): RankedFinding {
  const { start } = finding.location.range;
  const { cell } = finding.location;
  const energy = finding.impact?.energyPerYear;
  return {
    ruleId: finding.ruleId,
    what: finding.message.what,
    severity: finding.severity,
    place: cell === undefined ? `line ${start.line + 1}` : `cell ${cell + 1}, line ${start.line + 1}`,
    amount: energy === undefined ? 'no estimate' : amountText(energy),
    interval: energy === undefined ? '' : intervalText(energy),
    weight: largest > 0 ? Math.max(0, (energy?.mid ?? 0) / largest) : 0,
    target: { uri: locationUri(finding.location, snapshot).toString(), line: start.line, character: start.character },
  };
}

function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
