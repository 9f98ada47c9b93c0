import { constants } from './constants.ts';
import { combineLogSd, logSdOfFactor } from './distribution.ts';
import type { AssumedFigure, Site } from './profile.ts';

/** Log standard deviations that the machine around the device and the place add to its energy. */
export interface SiteSpread {
  readonly wall: number;
  /** Of carbon and cost, the wall's included. */
  readonly grams: number;
  readonly usd: number;
}

export function siteSpread({ assumed = [] }: Site): SiteSpread {
  const { host, pueUnknown, gridUnknown, priceUnknown } = constants.interval;
  const of = (figure: AssumedFigure, factor: number): number => (assumed.includes(figure) ? logSdOfFactor(factor) : 0);
  const wall = combineLogSd(logSdOfFactor(host), of('pue', pueUnknown));
  return {
    wall,
    grams: combineLogSd(wall, of('grid', gridUnknown)),
    usd: combineLogSd(wall, of('price', priceUnknown)),
  };
}
