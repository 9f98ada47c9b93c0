import type { Finding } from '../core/engine/finding.ts';
import type { Estimate, EstimateUnit } from '../energy/estimate.ts';

/** Saved per year by several findings together: kWh, kg CO2e, US dollars. */
export interface TotalSaving {
  readonly energy: Estimate;
  /** Use phase: electricity of training and inference. */
  readonly carbon: Estimate;
  /** The part of `carbon` that training has. */
  readonly trainingCarbon: Estimate;
  /** Share of making the devices, not part of `carbon`. */
  readonly embodied: Estimate;
  readonly cost: Estimate;
  /** Findings that were counted. */
  readonly counted: number;
}

/** How `totalSaving` adds, for people. */
export const SUMMING_METHOD =
  'Only findings whose whole 90 % interval is a saving count, and of several findings on one line only the largest: they would save the same energy twice. The middle values are added. The bounds are added as if all estimates erred in the same direction, because they share hardware, grid and workload: the interval is rather too wide than too narrow.';

/**
 * Sum over the findings that surely save and are not suppressed; all zero when there is none. See `SUMMING_METHOD`.
 */
export function totalSaving(findings: readonly Finding[]): TotalSaving {
  const impacts = countedFindings(findings).flatMap(({ impact }) => impact ?? []);
  return {
    energy: sum(
      impacts.map(({ energyPerYear }) => energyPerYear),
      'kWh',
    ),
    carbon: sum(
      impacts.map(({ carbonPerYear }) => carbonPerYear),
      'kgCO2e',
    ),
    trainingCarbon: sum(
      impacts.filter(({ phase }) => phase === 'training').map(({ carbonPerYear }) => carbonPerYear),
      'kgCO2e',
    ),
    embodied: sum(
      impacts.flatMap(({ embodiedPerYear }) => embodiedPerYear ?? []),
      'kgCO2e',
    ),
    cost: sum(
      impacts.map(({ costPerYear }) => costPerYear),
      'USD',
    ),
    counted: impacts.length,
  };
}

/** The findings that a total counts: the largest saving of each line. */
export function countedFindings(findings: readonly Finding[]): readonly Finding[] {
  const largest = new Map<string, Finding>();
  for (const finding of findings) {
    if (finding.suppression || finding.impact?.direction !== 'saves') continue;
    const { path, cell, range } = finding.location;
    const place = `${path}\u0000${cell ?? ''}\u0000${range.start.line}`;
    if (energyOf(finding) > energyOf(largest.get(place))) largest.set(place, finding);
  }
  return [...largest.values()];
}

/** Middle of the yearly saving in kWh; less than nothing without one, so that such findings rank last. */
export function energyOf(finding: Finding | undefined): number {
  const saving = finding?.impact?.direction === 'saves' ? finding.impact.energyPerYear : undefined;
  return saving ? saving.mid * factor(saving.unit, 'kWh') : -1;
}

function sum(estimates: readonly Estimate[], unit: EstimateUnit): Estimate {
  const total = { low: 0, mid: 0, high: 0 };
  for (const estimate of estimates) {
    const scale = factor(estimate.unit, unit);
    total.low += estimate.low * scale;
    total.mid += estimate.mid * scale;
    total.high += estimate.high * scale;
  }
  return { ...total, unit };
}

const IN_BASE: Readonly<Record<EstimateUnit, number>> = {
  J: 1 / 3600,
  Wh: 1,
  kWh: 1000,
  gCO2e: 1,
  kgCO2e: 1000,
  USD: 1,
};

function factor(from: EstimateUnit, to: EstimateUnit): number {
  return IN_BASE[from] / IN_BASE[to];
}
