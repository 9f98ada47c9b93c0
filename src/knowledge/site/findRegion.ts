import { nearestNames } from '../nearestNames.ts';
import countryData from './countries.json';
import { oracleCity, parsePlaceName, regionOfZone, withoutAccents } from './placeName.ts';
import aliasData from './regionAliases.json';
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
const COUNTRY_ALIASES: Readonly<Record<string, string>> = aliasData.countries;
const REGION_ALIASES: Readonly<Record<string, string>> = aliasData.regions;

/**
 * Finds a cloud region (`eu-west-3`, `AWS us-east-1`, `eu-central-1a`) in the provider's spelling or as shown (`East US`), a country
 * (`FR`, `FRA`, `France`, `Türkiye`, `EU`, `world`), a state (`US-TX`, `Texas`) or a city where a cloud has a region (`Tokyo`).
 */
export function findRegion(text: string): Region | undefined {
  const { provider, name } = parsePlaceName(text);
  const region = findCloudRegion(name, provider) ?? zoneRegion(name, provider);
  if (region) return cloudRegion(region);
  // `google:germany` names a country on a provider's machines.
  const country = findCountry(name.replace(/^(?:the )?(?:republic of )?/, '')) ?? findCountry(name);
  const found = (country && countryRegion(country)) ?? cityRegion(name, provider);
  if (found) return provider === undefined ? found : { ...found, provider };
  const city = oracleCity(name);
  const oracle = city === undefined ? undefined : cityRegion(city);
  return oracle && { ...oracle, label: `oracle ${name} (${oracle.label})`, provider: 'oracle' };
}

function findCloudRegion(name: string, provider: string | undefined): RegionRow | undefined {
  const shown = name.replace(/^eu \(/, 'europe (');
  const alias = Object.hasOwn(REGION_ALIASES, shown) ? REGION_ALIASES[shown] : undefined;
  const spelled = alias ?? name.replace(/_/g, '-').replace(/\s/g, '');
  return regions.find(
    (row) => row.region.toLowerCase() === spelled && (provider === undefined || row.provider === provider),
  );
}

function zoneRegion(name: string, provider: string | undefined): RegionRow | undefined {
  const region = regionOfZone(name);
  return region === undefined ? undefined : findCloudRegion(region, provider);
}

function findCountry(wanted: string): CountryRow | undefined {
  const iso3 = Object.hasOwn(COUNTRY_ALIASES, wanted) ? COUNTRY_ALIASES[wanted] : undefined;
  return countries.find(
    (row) =>
      row.iso3 === iso3 ||
      row.iso3.toLowerCase() === wanted ||
      row.iso2?.toLowerCase() === wanted ||
      row.name.toLowerCase() === wanted ||
      (row.of !== undefined && row.name.toLowerCase().replace(/,.*$/, '') === wanted),
  );
}

/** A city (`Tokyo`, `Paris, France`): the grid of a cloud region there, at best the provider's own, though not its building. */
function cityRegion(name: string, provider?: string): Region | undefined {
  const there = regions.filter(({ place }) => {
    const plain = withoutAccents(place);
    const city = plain.replace(/,.*$/, '');
    return plain === name || city === name || (name.length > 5 && city.startsWith(`${name} `));
  });
  const row = there.find((candidate) => candidate.provider === provider) ?? there[0];
  const region = row && cloudRegion(row);
  if (!region) return undefined;
  const { provider: _, ...site } = region;
  return { ...site, label: row.place };
}

/** Region and country names like `text`, for an error message. */
export function nearestRegions(text: string): string[] {
  return nearestNames(withoutAccents(text), [...regions.map((row) => row.region), ...countries.map((row) => row.name)]);
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
