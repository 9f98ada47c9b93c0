import type { Finding, Location } from '../../core/engine/finding.ts';
import { amountText, intervalText } from '../../energy/estimateText.ts';
import type { JumpTarget, RankedFinding } from './protocol.ts';

/** Findings by what they save a year, largest first; those without an estimate last, in source order. */
export function rankFindings(
  findings: readonly Finding[],
  place: (finding: Finding) => string,
  target: (finding: Finding) => JumpTarget,
): readonly RankedFinding[] {
  const sorted = [...findings].sort((a, b) => savedMid(b) - savedMid(a));
  const largest = Math.max(0, ...sorted.slice(0, 1).map(savedMid));
  return sorted.map((finding) => {
    const energy = finding.impact?.energyPerYear;
    return {
      ruleId: finding.ruleId,
      what: finding.message.what,
      severity: finding.severity,
      place: place(finding),
      amount: energy === undefined ? 'no estimate' : amountText(energy),
      interval: energy === undefined ? '' : intervalText(energy),
      weight: largest > 0 ? Math.max(0, savedMid(finding) / largest) : 0,
      target: target(finding),
    };
  });
}

/** `line 12`, in a notebook `cell 3, line 12`; counted from 1 as the editor shows them. */
export function placeText({ cell, range }: Location): string {
  const line = `line ${range.start.line + 1}`;
  return cell === undefined ? line : `cell ${cell + 1}, ${line}`;
}

function savedMid({ impact }: Finding): number {
  return impact?.energyPerYear.mid ?? 0;
}
