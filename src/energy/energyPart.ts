import type { Effect } from '../knowledge/effects/findEffect.ts';
import { Z90 } from './distribution.ts';

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
  /** Facility power per watt of IT power where the machine stands elsewhere (hosted models). */
  readonly pue?: number;
}

export type PartName = 'compute' | 'model loading' | 'data reading' | 'hosted call';

/** Half-widths in standard deviations: measured effects give the 10th and 90th percentile of their pairs, the others a stated 90 % spread. */
const Z80 = 1.2816;

/** Log standard deviation of an effect from its spread. */
export function effectLogSd(effect: Effect): number {
  return Math.log(effect.high / effect.low) / (2 * (effect.basis === 'measured' ? Z80 : Z90));
}
