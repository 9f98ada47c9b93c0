/** 90 % of a normal distribution lies within this many standard deviations. */
export const Z90 = 1.6449;

/** Log standard deviation of a log-normal quantity whose 90 % interval is mid ×/÷ `factor`. */
export function logSdOfFactor(factor: number): number {
  return Math.log(factor) / Z90;
}

/** Log standard deviations of independent factors of one product. */
export function combineLogSd(...parts: readonly number[]): number {
  return Math.sqrt(parts.reduce((sum, part) => sum + part * part, 0));
}

/** Standard normal distribution function (Abramowitz and Stegun 7.1.26, error below 1.5e-7). */
export function normalCdf(z: number): number {
  const t = 1 / (1 + 0.3275911 * (Math.abs(z) / Math.SQRT2));
  const poly = ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t;
  const erf = 1 - poly * Math.exp((-z * z) / 2);
  return z < 0 ? (1 - erf) / 2 : (1 + erf) / 2;
}
