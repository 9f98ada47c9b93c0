import type { Finding } from '../../core/engine/finding.ts';
import type { Estimate } from '../../energy/estimate.ts';
import { amountText, intervalText } from '../../energy/estimateText.ts';
import type { Profile } from '../../energy/profile.ts';
import { type TotalSaving, totalSaving } from '../../report/totalSaving.ts';
import { carbonRows } from '../../report/words.ts';
import { profileDetail } from '../profileText.ts';
import type { ImpactState, JumpTarget, ScopeTotals, Total } from './protocol.ts';
import { placeText, rankFindings } from './rankFindings.ts';

interface ImpactSources {
  readonly profile: Profile | undefined;
  readonly file: ScopeFindings | undefined;
  /** Of the last report; undefined until one has been run. */
  readonly workspace: ScopeFindings | undefined;
  readonly target: (finding: Finding) => JumpTarget;
}

interface ScopeFindings {
  readonly label: string;
  readonly findings: readonly Finding[];
}

/** Everything the view shows, computed from the stored findings: the view, the hover and the report cannot disagree. */
export function impactState({ profile, file, workspace, target }: ImpactSources): ImpactState {
  return {
    profile: profile && { name: profile.name, detail: profileDetail(profile) },
    file: file && scopeTotals(file),
    workspace: workspace && scopeTotals(workspace),
    ranking: rankFindings(file?.findings ?? [], ({ location }) => placeText(location), target),
  };
}

/** Energy, CO2e and money that findings save together; empty when none of them surely saves. */
export function savingTotals(saving: TotalSaving): readonly Total[] {
  if (saving.counted === 0) return [];
  const carbon = carbonRows(saving).map(([label, estimate]) => total(label.replace('Carbon', 'CO₂e'), estimate));
  return [total('Energy', saving.energy), ...carbon, total('Money', saving.cost)];
}

function scopeTotals({ label, findings }: ScopeFindings): ScopeTotals {
  return { label, findings: findings.length, totals: savingTotals(totalSaving(findings)) };
}

function total(name: string, estimate: Estimate): Total {
  return { name, amount: amountText(estimate), interval: intervalText(estimate) };
}
