import type { Effect } from '../knowledge/effects/findEffect.ts';

/** One contribution to the energy of a unit of work. */
export interface EnergyPart {
  readonly name: PartName;
  /** Energy of the computing device alone. */
  readonly deviceJoules: number;
  /** Energy of the machine at its socket: device, host share, power supply; without the facility's PUE. */
  readonly wallJoules: number;
  /** Seconds for which the unit of work occupies the machine (its share of a batch). */
  readonly seconds: number;
  /** Log standard deviation of this part beyond what all parts share. */
  readonly logSd: number;
  /** Measured ratios that are multiplied in. */
  readonly effects: readonly Effect[];
  /** Grid intensity where it is not the site's (hosted models). */
  readonly gramsPerKwh?: number;
}

export type PartName = 'compute' | 'model loading' | 'data reading' | 'hosted call';

/** Log standard deviation of an effect, from its 10th and 90th percentiles. */
export function effectLogSd(effect: Effect): number {
  const Z80 = 1.2816;
  return Math.log(effect.high / effect.low) / (2 * Z80);
}
