import { nearestNames } from '../nearestNames.ts';
import countryData from './countries.json';
import regionData from './regions.json';

/** Where electricity comes from. */
export interface Region {
  /** As shown: `aws eu-west-3 (Paris, France)`, `France`. */
  readonly label: string;
  readonly gramsPerKwh: number;
  readonly year: number;
  /** ISO 3166 alpha-3; `WLD` for the world. */
  readonly country?: string;
  readonly provider?: string;
  readonly source: string;
}

interface CountryRow {
  readonly iso3: string;
  /** Of a state or province (`US-TX`): its country. */
  readonly of?: string | undefined;
  readonly iso2?: string | undefined;
  readonly name: string;
  readonly gramsPerKwh: number;
  readonly year: number;
  readonly source?: string | undefined;
}

interface RegionRow {
  readonly provider: string;
  readonly region: string;
  readonly place: string;
  readonly country?: string | undefined;
  readonly gramsPerKwh?: number | undefined;
  readonly year?: number | undefined;
  readonly source?: string | undefined;
}

const countries: readonly CountryRow[] = countryData.entries;
const regions: readonly RegionRow[] = regionData.entries;
const COUNTRY_ALIASES: ReadonlyMap<string, string> = new Map([
  ['uk', 'GBR'],
  ['usa', 'USA'],
  ['world', 'WLD'],
  ['global', 'WLD'],
  ['korea', 'KOR'],
]);

/** Finds a cloud region (`eu-west-3`, `aws:eu-west-3`) in the provider's spelling or as shown (`East US`), a country (`FR`, `FRA`, `France`, `world`) or a state (`US-TX`, `Texas`). */
export function findRegion(text: string): Region | undefined {
  const wanted = text.trim().toLowerCase();
  const [provider, name] = wanted.includes(':') ? wanted.split(':', 2) : [undefined, wanted];
  const region = regions.find(
    (row) =>
      row.region.toLowerCase() === name?.replace(/\s/g, '') && (provider === undefined || row.provider === provider),
  );
  if (region) return cloudRegion(region);
  const iso3 = COUNTRY_ALIASES.get(wanted);
  const country = countries.find(
    (row) =>
      row.iso3 === iso3 ||
      row.iso3.toLowerCase() === wanted ||
      row.iso2?.toLowerCase() === wanted ||
      row.name.toLowerCase() === wanted ||
      (row.of !== undefined && row.name.toLowerCase().replace(/,.*$/, '') === wanted),
  );
  return country && countryRegion(country);
}

/** Region and country names like `text`, for an error message. */
export function nearestRegions(text: string): string[] {
  return nearestNames(text, [...regions.map((row) => row.region), ...countries.map((row) => row.name)]);
}

function cloudRegion(row: RegionRow): Region | undefined {
  const label = `${row.provider} ${row.region} (${row.place})`;
  if (row.gramsPerKwh !== undefined) {
    return {
      label,
      provider: row.provider,
      gramsPerKwh: row.gramsPerKwh,
      year: row.year ?? regionData.year,
      source: row.source ?? countryData.source,
      ...(row.country === undefined ? {} : { country: row.country }),
    };
  }
  const country = countries.find((candidate) => candidate.iso3 === row.country);
  return country && { ...countryRegion(country), label, provider: row.provider };
}

function countryRegion(row: CountryRow): Region {
  return {
    label: row.name,
    country: row.of ?? row.iso3,
    gramsPerKwh: row.gramsPerKwh,
    year: row.year,
    source: row.source ?? countryData.source,
  };
}
