import type { EnergyPart } from './energyPart.ts';
import { wallWh } from './estimateWorkload.ts';
import { normalSequence } from './normalSequence.ts';
import type { Profile } from './profile.ts';
import { siteSpread } from './siteSpread.ts';

/** A contribution before and after a change, and the log standard deviation of its ratio. */
export interface PartPair {
  readonly before: EnergyPart | undefined;
  readonly after: EnergyPart | undefined;
  readonly ratioLogSd: number;
}

/** Samples of a saving, each list in ascending order. */
export interface Samples {
  readonly share: ArrayLike<number>;
  readonly wattHours: ArrayLike<number>;
  readonly grams: ArrayLike<number>;
  /** Watt-hours as the bill has them: wider where the price is not known. */
  readonly billedWattHours: ArrayLike<number>;
  /** Share of the samples in which energy falls. */
  readonly falls: number;
}

const SAMPLES = 500;
const MOST_PARTS = 4;
/** One draw shared by all parts, then two per part: its own error and that of its ratio. */
const DRAWS = 1 + 2 * MOST_PARTS;
const next = normalSequence(20251125);
const NORMALS: readonly number[] = Array.from({ length: SAMPLES * DRAWS }, () => next());

/** Draws the errors that before and after share once, and those of the change apart. The same draws every time: the same answer. */
export function sampleSavings(pairs: readonly PartPair[], sharedLogSd: number, profile: Profile): Samples {
  const terms = pairs.map((pair) => ({
    before: pair.before ? wallWh(pair.before, profile.site) : 0,
    after: pair.after ? wallWh(pair.after, profile.site) : 0,
    gramsBefore: gramsOf(pair.before, profile),
    gramsAfter: gramsOf(pair.after, profile),
    ownLogSd: (pair.before ?? pair.after)?.logSd ?? 0,
    ratioLogSd: pair.ratioLogSd,
  }));
  const share = new Float64Array(SAMPLES);
  const wattHours = new Float64Array(SAMPLES);
  const grams = new Float64Array(SAMPLES);
  const billed = new Float64Array(SAMPLES);
  const around = siteSpread(profile.site);
  const wallLogSd = Math.hypot(sharedLogSd, around.wall);
  const gramsLogSd = Math.hypot(sharedLogSd, around.grams);
  const usdLogSd = Math.hypot(sharedLogSd, around.usd);
  let falls = 0;
  for (let sample = 0; sample < SAMPLES; sample += 1) {
    let draw = sample * DRAWS;
    const shared = NORMALS[draw] ?? 0;
    let before = 0;
    let after = 0;
    let saved = 0;
    for (const term of terms) {
      const own = Math.exp(term.ownLogSd * (NORMALS[draw + 1] ?? 0));
      const change = term.ratioLogSd === 0 ? 1 : Math.exp(term.ratioLogSd * (NORMALS[draw + 2] ?? 0));
      draw += 2;
      before += term.before * own;
      after += term.after * own * change;
      saved += (term.gramsBefore - term.gramsAfter * change) * own;
    }
    if (after < before) falls += 1;
    share[sample] = before === 0 ? 0 : 1 - after / before;
    wattHours[sample] = (before - after) * Math.exp(wallLogSd * shared);
    billed[sample] = (before - after) * Math.exp(usdLogSd * shared);
    grams[sample] = saved * Math.exp(gramsLogSd * shared);
  }
  return {
    share: share.sort(),
    wattHours: wattHours.sort(),
    grams: grams.sort(),
    billedWattHours: billed.sort(),
    falls: falls / SAMPLES,
  };
}

/** Use-phase carbon of a part, in grams. */
export function gramsOf(part: EnergyPart | undefined, profile: Profile): number {
  if (!part) return 0;
  return (wallWh(part, profile.site) / 1000) * (part.gramsPerKwh ?? profile.site.gramsPerKwh);
}
