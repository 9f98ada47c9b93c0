import type { AssumedFigure, Site } from '../../energy/profile.ts';
import type { CatalogueDevice } from '../hardware/catalogueDevice.ts';
import embodiedData from './embodied.json';
import type { Region } from './findRegion.ts';
import priceData from './prices.json';
import pueData from './pue.json';

/** What the user states overrides every default. */
export interface SiteOverrides {
  readonly pue?: number;
  readonly usdPerKwh?: number;
  readonly gramsPerKwh?: number;
  readonly embodiedKg?: number;
  readonly lifetimeYears?: number;
}

/** The site at `region` for machines of class `deviceClass`; `pueScope` is `home`, `unknown` or a provider. */
export function siteOf(
  region: Region,
  deviceClass: CatalogueDevice['class'],
  pueScope: string,
  overrides: SiteOverrides = {},
): Site {
  const embodied = embodiedData.entries.find((entry) => entry.class === deviceClass);
  return {
    region: region.label,
    gramsPerKwh: overrides.gramsPerKwh ?? region.gramsPerKwh,
    gridYear: region.year,
    pue: overrides.pue ?? pueOf(pueScope),
    usdPerKwh: overrides.usdPerKwh ?? priceOf(region.country),
    embodiedKg: overrides.embodiedKg ?? embodied?.kgCo2e ?? 300,
    lifetimeYears: overrides.lifetimeYears ?? embodied?.lifetimeYears ?? 5,
    assumed: assumedFigures(region, pueScope, overrides),
  };
}

/** What an average of the world stands in for. */
function assumedFigures({ country }: Region, pueScope: string, overrides: SiteOverrides): AssumedFigure[] {
  const isWorld = country === undefined || country === 'WLD';
  const figures: AssumedFigure[] = [];
  if (isWorld && overrides.gramsPerKwh === undefined) figures.push('grid');
  if (pueScope === 'unknown' && overrides.pue === undefined) figures.push('pue');
  if (isWorld && overrides.usdPerKwh === undefined) figures.push('price');
  return figures;
}

/** Facility power per watt of IT power; an unknown scope takes the world's average data centre. */
export function pueOf(scope: string): number {
  const entries = pueData.entries;
  const provider = scope.split(':', 1)[0];
  const found =
    entries.find((entry) => entry.scope === scope) ??
    entries.find((entry) => entry.scope === provider) ??
    entries.find((entry) => entry.scope === 'unknown');
  return found?.pue ?? 1.56;
}

function priceOf(country: string | undefined): number {
  const entries = priceData.entries;
  const found = entries.find((entry) => entry.country === country) ?? entries.find((entry) => entry.country === 'WLD');
  return found?.usdPerKwh ?? 0.15;
}
