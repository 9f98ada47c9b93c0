import type { Impact } from '../../energy/impact.ts';
import type { Severity } from './rule.ts';

const LOWER: Readonly<Record<Severity, Severity | undefined>> = {
  warning: 'information',
  information: 'hint',
  hint: undefined,
};

/**
 * What the energy model says of a report's weight. A rule that would cost energy here says nothing; without a saving that is sure
 * there is never a warning; a saving that is negligible even at its high end drops a level, and from a hint out of sight.
 * `undefined`: no report.
 */
export function assess(
  severity: Severity,
  impact: Impact | undefined,
  smallestSavingKwh: number,
): Severity | undefined {
  if (!impact) return severity;
  if (impact.direction === 'increases') return undefined;
  if (impact.direction === 'may-increase' || impact.direction === 'none')
    return severity === 'warning' ? 'information' : severity;
  if (impact.direction === 'saves' && impact.energyPerYear.high < smallestSavingKwh) return LOWER[severity];
  return severity;
}
