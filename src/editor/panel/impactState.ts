import type { Finding } from '../../core/engine/finding.ts';
import type { Estimate } from '../../energy/estimate.ts';
import { amountText, intervalText } from '../../energy/estimateText.ts';
import type { Profile } from '../../energy/profile.ts';
import type { AnalysedTarget } from '../findingsStore.ts';
import { profileDetail } from '../profilePicker.ts';
import { locationUri } from '../toDiagnostic.ts';
import type { ImpactState, JumpTarget, ScopeTotals, Total } from './protocol.ts';
import { placeText, rankFindings } from './rankFindings.ts';
import { totalSaving } from './totalSaving.ts';

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
    ranking:
      file === undefined ? [] : rankFindings(shownFindings(file), placeInFile, (finding) => jumpTarget(finding, file)),
  };
}

function placeInFile({ location }: Finding): string {
  return placeText(location);
}

function jumpTarget({ location }: Finding, { snapshot }: AnalysedTarget): JumpTarget {
  return { uri: locationUri(location, snapshot).toString(), ...location.range.start };
}

export function shownFindings({ result }: AnalysedTarget): readonly Finding[] {
  return result.findings.filter(({ suppression }) => suppression === undefined);
}

function scopeTotals(label: string, findings: readonly Finding[]): ScopeTotals {
  return { label, findings: findings.length, totals: savingTotals(findings) };
}

/** Energy, CO2e and money that the findings save together; empty when none of them surely saves. */
export function savingTotals(findings: readonly Finding[]): readonly Total[] {
  const saving = totalSaving(findings);
  if (saving === undefined) return [];
  return [
    total('Energy per year', saving.energy),
    total('CO₂e per year', saving.carbon),
    total('Money per year', saving.cost),
  ];
}

function total(name: string, estimate: Estimate): Total {
  return { name, amount: amountText(estimate), interval: intervalText(estimate) };
}

function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
