import type { Finding } from '../../core/engine/finding.ts';
import type { Estimate } from '../../energy/estimate.ts';

/** Saved per year by several findings together. */
export interface Saving {
  readonly energy: Estimate;
  readonly carbon: Estimate;
  readonly cost: Estimate;
}

/**
 * Sum of the findings that surely save; undefined when there is none. The bounds are added as if all estimates erred
 * the same way (they share hardware, grid and workload), which makes the interval wide rather than too narrow.
 */
export function totalSaving(findings: readonly Finding[]): Saving | undefined {
  const impacts = findings.flatMap(({ impact }) => (impact?.direction === 'saves' ? [impact] : []));
  const [first, ...others] = impacts;
  if (first === undefined) return undefined;
  return others.reduce<Saving>(
    (sum, impact) => ({
      energy: add(sum.energy, impact.energyPerYear),
      carbon: add(sum.carbon, impact.carbonPerYear),
      cost: add(sum.cost, impact.costPerYear),
    }),
    { energy: first.energyPerYear, carbon: first.carbonPerYear, cost: first.costPerYear },
  );
}

/** Adds in the first one's unit: one estimate may be in Wh and the next in kWh. */
function add(a: Estimate, b: Estimate): Estimate {
  const factor = a.unit === b.unit ? 1 : inBaseUnit(b.unit) / inBaseUnit(a.unit);
  return { low: a.low + b.low * factor, mid: a.mid + b.mid * factor, high: a.high + b.high * factor, unit: a.unit };
}

function inBaseUnit(unit: Estimate['unit']): number {
  return unit === 'kWh' || unit === 'kgCO2e' ? 1000 : unit === 'J' ? 1 / 3600 : 1;
}
