import type { Estimate } from './estimate.ts';
import type { OtherBenefit } from './workload.ts';

/** What a finding costs: the difference of two estimates, per unit of work and per year of the profile's stated workload. */
export interface Impact {
  /**
   * `saves`: the whole 90 % interval is a saving. `may-increase`: the interval crosses zero; not counted in totals.
   * `increases`: the present code costs less than the advice would. `none`: the model knows of no change in energy.
   */
  readonly direction: 'saves' | 'may-increase' | 'increases' | 'none';
  /** What the advice gives besides energy. */
  readonly alsoSaves: readonly OtherBenefit[];
  /** Probability that energy falls, 0 to 1. */
  readonly probability: number;
  /** Share of the workload's energy that is saved, 0 to 1 (negative: costs). */
  readonly share: { readonly low: number; readonly mid: number; readonly high: number };
  /** Saved energy at the wall for one unit of work, in Wh. */
  readonly perUnit: Estimate;
  readonly unit: string;
  /** Phase of the model's life in which the work is done. */
  readonly phase?: 'training' | 'inference';
  /** Saved per year. */
  readonly energyPerYear: Estimate;
  readonly carbonPerYear: Estimate;
  readonly costPerYear: Estimate;
  /** Share of making the devices for the time that they are freed; not part of `carbonPerYear` (use phase). */
  readonly embodiedPerYear?: Estimate;
  /** One sentence each, most decisive first. */
  readonly assumptions: readonly string[];
}
