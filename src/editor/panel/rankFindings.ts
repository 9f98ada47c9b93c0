import type { Finding, Location } from '../../core/engine/finding.ts';
import { amountText, intervalText } from '../../energy/estimateText.ts';
import { energyOf } from '../../report/totalSaving.ts';
import { effectText } from '../../report/words.ts';
import type { JumpTarget, RankedFinding } from './protocol.ts';

/** Findings by what they save a year, largest first; those without an estimate last, in source order. */
export function rankFindings(
  findings: readonly Finding[],
  place: (finding: Finding) => string,
  target: (finding: Finding) => JumpTarget,
): readonly RankedFinding[] {
  const sorted = [...findings].sort((a, b) => energyOf(b) - energyOf(a));
  const largest = Math.max(0, ...sorted.slice(0, 1).map((finding) => energyOf(finding)));
  return sorted.map((finding) => {
    return {
      ruleId: finding.ruleId,
      what: finding.message.what,
      severity: finding.severity,
      place: place(finding),
      ...savingTexts(finding),
      weight: largest > 0 ? Math.max(0, energyOf(finding) / largest) : 0,
      target: target(finding),
    };
  });
}

/** What one finding saves a year, in words where there is no saving in numbers. */
function savingTexts({ impact }: Finding): { readonly amount: string; readonly interval: string } {
  if (impact?.direction !== 'saves') return { amount: effectText(impact), interval: '' };
  return { amount: amountText(impact.energyPerYear), interval: intervalText(impact.energyPerYear) };
}

/** `line 12`, in a notebook `cell 3, line 12`; counted from 1 as the editor shows them. */
export function placeText({ cell, range }: Location): string {
  const line = `line ${range.start.line + 1}`;
  return cell === undefined ? line : `cell ${cell + 1}, ${line}`;
}
