import type { Hardware, Profile, StatedWorkload } from '../../energy/profile.ts';
import { findRegion, nearestRegions } from '../site/findRegion.ts';
import { siteOf } from '../site/siteOf.ts';
import { builtinProfile, defaultProfile } from './builtinProfiles.ts';
import { type CatalogueDevice, isPersonal } from './catalogueDevice.ts';
import { findDevice, unknownDevice } from './findDevice.ts';
import { hardwareOf } from './hardwareOf.ts';
import { isObject, type ProfileError, ProfileFields } from './profileFields.ts';

export type ProfileResult = { readonly profile: Profile } | { readonly errors: readonly ProfileError[] };

const FIELDS = [
  '$schema',
  'name',
  'device',
  'hardware',
  'count',
  'region',
  'gramsPerKwh',
  'pue',
  'usdPerKwh',
  'hostFactor',
  'idleWatts',
  'embodiedKg',
  'lifetimeYears',
  'workload',
];
const HARDWARE_FIELDS = ['kind', 'tdpWatts', 'idleWatts', 'memoryGb', 'bandwidthGbs', 'peakTflops'];
const PEAK_FORMATS = ['fp32', 'tf32', 'bf16', 'fp16', 'fp8', 'int8', 'int4'] as const;
const KINDS = ['cpu', 'gpu', 'mps'] as const;

/** Reads the parsed JSON of `.green-ai/hardware.json` (schemas/hardware.schema.json). Every mistake is reported with its place; none is guessed over. */
export function loadProfile(json: unknown): ProfileResult {
  if (!isObject(json)) return { errors: [{ path: '', message: 'A hardware profile must be a JSON object.' }] };
  const errors: ProfileError[] = [];
  const fields = new ProfileFields(json, '', errors);
  fields.allow(FIELDS);
  const base = baseOf(fields, errors);
  const count = fields.number('count', { least: 1, most: 100_000, whole: true });
  const hostFactor = fields.number('hostFactor', { least: 1, most: 20 });
  const idleWatts = fields.number('idleWatts', { least: 0, most: 10_000 });
  const site = readSite(fields, base.deviceClass, base.pueScope);
  const workload = readWorkload(fields);
  const isConcurrencyStated = isObject(json.workload) && json.workload.concurrency !== undefined;
  const name = fields.text('name');
  if (errors.length > 0 || !site) return { errors };
  const hardware: Hardware = {
    ...base.hardware,
    ...(count === undefined ? {} : { count }),
    ...(hostFactor === undefined ? {} : { hostFactor }),
    ...(idleWatts === undefined ? {} : { idleWatts }),
  };
  const source = base.assumption === undefined ? base.source : `${base.source}; ${base.assumption}`;
  return {
    profile: {
      id: 'workspace',
      name: name ?? hardware.device,
      hardware,
      site: fields.has('embodiedKg') ? site : { ...site, embodiedKg: site.embodiedKg * (base.share ?? 1) },
      workload,
      ...(isConcurrencyStated ? { isConcurrencyStated } : {}),
      source,
    },
  };
}

interface Base {
  readonly hardware: Hardware;
  readonly deviceClass: CatalogueDevice['class'];
  readonly pueScope: string;
  readonly source: string;
  readonly assumption?: string;
  /** Part of the device that is rented. */
  readonly share?: number;
}

function baseOf(fields: ProfileFields, errors: ProfileError[]): Base {
  const fallback: Base = { hardware: defaultProfile().hardware, deviceClass: 'dc', pueScope: 'unknown', source: '' };
  const device = fields.text('device');
  const own = fields.object('hardware');
  if (own) return ownHardware(own, device, fallback);
  if (device === undefined) {
    if (!fields.has('device') && !fields.has('hardware')) {
      errors.push({
        path: '',
        message:
          'Say which hardware: "device" (a catalogue name or cloud instance type) or "hardware" with its figures.',
      });
    }
    return fallback;
  }
  const builtin = builtinProfile(device);
  const match = findDevice(builtin?.hardware.device ?? device);
  if (!match) {
    fields.fail('device', `${unknownDevice(device)}. Or give its figures under "hardware".`);
    return fallback;
  }
  return {
    hardware: hardwareOf(match.device, match.count),
    deviceClass: match.device.class,
    pueScope: isPersonal(match.device) ? 'home' : 'unknown',
    source: `.green-ai/hardware.json; device figures: ${match.device.source}`,
    ...(match.assumption === undefined ? {} : { assumption: match.assumption }),
    ...(match.share === undefined ? {} : { share: match.share }),
  };
}

function ownHardware(fields: ProfileFields, device: string | undefined, fallback: Base): Base {
  fields.allow(HARDWARE_FIELDS);
  const kindText = fields.text('kind');
  const kind = KINDS.find((candidate) => candidate === kindText);
  if (!kind) fields.fail('kind', `"kind" must be one of ${KINDS.join(', ')}.`);
  const tdpWatts = required(fields, 'tdpWatts', 10_000);
  const memoryGb = required(fields, 'memoryGb', 100_000);
  const bandwidthGbs = required(fields, 'bandwidthGbs', 1_000_000);
  const idleWatts = fields.number('idleWatts', { least: 0, most: 10_000 });
  const peaks = fields.object('peakTflops');
  const peakTflops: Partial<Record<(typeof PEAK_FORMATS)[number], number>> = {};
  peaks?.allow(PEAK_FORMATS);
  for (const format of PEAK_FORMATS) {
    const peak = peaks?.number(format, { above: 0, most: 1_000_000 });
    if (peak !== undefined) peakTflops[format] = peak;
  }
  if (peakTflops.fp32 === undefined) fields.fail('peakTflops', '"peakTflops" must give at least "fp32" in TFLOP/s.');
  if (!kind || tdpWatts === undefined || memoryGb === undefined || bandwidthGbs === undefined) return fallback;
  const deviceClass = kind === 'cpu' ? 'desktop' : kind === 'mps' ? 'soc' : 'dc';
  const stated: CatalogueDevice = {
    name: device ?? 'own device',
    kind,
    class: deviceClass,
    tdpWatts,
    idleWatts,
    memoryGb,
    bandwidthGbs,
    peakTflops,
    source: 'user',
  };
  return {
    hardware: hardwareOf(stated, 1),
    deviceClass,
    pueScope: kind === 'gpu' ? 'unknown' : 'home',
    source: '.green-ai/hardware.json, own figures',
  };
}

function required(fields: ProfileFields, key: string, most: number): number | undefined {
  if (!fields.has(key)) fields.fail(key, `"${key}" is missing.`);
  return fields.number(key, { above: 0, most });
}

function readSite(
  fields: ProfileFields,
  deviceClass: CatalogueDevice['class'],
  pueScope: string,
): Profile['site'] | undefined {
  const regionText = fields.text('region');
  const region = findRegion(regionText ?? 'world');
  if (!region) {
    const near = nearestRegions(regionText ?? '');
    const hint = near.length > 0 ? ` Nearest: ${near.join(', ')}.` : '';
    fields.fail('region', `"${regionText}" is not a known cloud region or country.${hint} Or give "gramsPerKwh".`);
  }
  const pue = fields.number('pue', { least: 1, most: 5 });
  const usdPerKwh = fields.number('usdPerKwh', { least: 0, most: 10 });
  const gramsPerKwh = fields.number('gramsPerKwh', { least: 0, most: 3000 });
  const embodiedKg = fields.number('embodiedKg', { least: 0, most: 100_000 });
  const lifetimeYears = fields.number('lifetimeYears', { above: 0, most: 50 });
  if (!region) return undefined;
  return siteOf(region, deviceClass, region.provider === undefined ? pueScope : scopeOf(region.provider, regionText), {
    ...(pue === undefined ? {} : { pue }),
    ...(usdPerKwh === undefined ? {} : { usdPerKwh }),
    ...(gramsPerKwh === undefined ? {} : { gramsPerKwh }),
    ...(embodiedKg === undefined ? {} : { embodiedKg }),
    ...(lifetimeYears === undefined ? {} : { lifetimeYears }),
  });
}

function scopeOf(provider: string, region: string | undefined): string {
  return region === undefined ? provider : `${provider}:${region.replace(/^.*:/, '').toLowerCase()}`;
}

function readWorkload(fields: ProfileFields): StatedWorkload {
  const defaults = defaultProfile().workload;
  const stated = fields.object('workload');
  if (!stated) return defaults;
  stated.allow(Object.keys(defaults));
  const most = 1e15;
  return {
    requestsPerYear: stated.number('requestsPerYear', { least: 0, most }) ?? defaults.requestsPerYear,
    itemsPerYear: stated.number('itemsPerYear', { least: 0, most }) ?? defaults.itemsPerYear,
    runsPerYear: stated.number('runsPerYear', { least: 0, most }) ?? defaults.runsPerYear,
    rendersPerYear: stated.number('rendersPerYear', { least: 0, most }) ?? defaults.rendersPerYear,
    concurrency: stated.number('concurrency', { least: 1, most: 100_000 }) ?? defaults.concurrency,
  };
}
