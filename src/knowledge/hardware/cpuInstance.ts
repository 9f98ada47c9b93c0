import type { CatalogueDevice } from './catalogueDevice.ts';
import { catalogueDevices } from './catalogueDevices.ts';
import data from './cpuInstances.json';

interface Family {
  readonly provider: string;
  readonly families: string;
  readonly processor: string;
  readonly threads: number;
  readonly published?: string | undefined;
  readonly source: string;
}

/** A cloud instance without accelerators: the part of a processor that it rents. */
export interface CpuInstance {
  readonly device: CatalogueDevice;
  /** Of the processor; above 1 for instances of several. */
  readonly share: number;
  readonly assumption: string;
}

/** What the name of an instance type says. */
interface InstanceSize {
  readonly provider: string;
  readonly family: string;
  readonly vcpus: number;
  readonly memoryGb: number;
}

const families: readonly Family[] = data.entries;

/** Finds `m5.xlarge`, `n2-standard-4`, `d4s_v5`; `name` in lower case, without `Standard_`. */
export function findCpuInstance(name: string): CpuInstance | undefined {
  const size = awsSize(name) ?? googleSize(name) ?? azureSize(name);
  if (!size) return undefined;
  const family = families.find(
    (row) => row.provider === size.provider && row.families.split(' ').includes(size.family),
  );
  const processor = family && catalogueDevices.find((device) => device.name === family.processor);
  if (!processor) return undefined;
  const share = size.vcpus / family.threads;
  const peaks = Object.entries(processor.peakTflops).map(([format, peak]) => [format, peak * share] as const);
  const device: CatalogueDevice = {
    ...processor,
    name: `${name} (${processor.name})`,
    tdpWatts: round(processor.tdpWatts * share),
    memoryGb: size.memoryGb,
    bandwidthGbs: round(processor.bandwidthGbs * share),
    peakTflops: Object.fromEntries(peaks),
    source: `${family.source}; processor: ${processor.source}`,
  };
  const published = family.published === undefined ? '' : `; the provider names ${family.published}`;
  const assumption = `${name}: ${size.vcpus} of the ${family.threads} virtual processors of one ${processor.name}, with that share of its power, speed and bandwidth${published}.`;
  return { device, share, assumption };
}

const AWS_SMALL: Readonly<Record<string, number>> = { nano: 2, micro: 2, small: 2, medium: 2, large: 2, xlarge: 4 };
const BURSTABLE_GB: Readonly<Record<string, number>> = { nano: 0.5, micro: 1, small: 2, medium: 4, large: 8 };
/** Gigabytes per virtual processor by the family's letter (AWS, Azure) or the type's word (Google). */
const MEMORY_PER_VCPU: Readonly<Record<string, number>> = {
  c: 2,
  m: 4,
  r: 8,
  t: 4,
  x: 16,
  i: 8,
  z: 8,
  d: 4,
  e: 8,
  f: 2,
  b: 4,
};
const GOOGLE_MEMORY: Readonly<Record<string, number>> = { standard: 4, highmem: 8, highcpu: 1 };
const GOOGLE_SHARED: Readonly<Record<string, number>> = { micro: 1, small: 2, medium: 4 };

function awsSize(name: string): InstanceSize | undefined {
  const [, family = '', times, size = ''] =
    /^([a-z]+\d[a-z-]*)\.(?:metal-)?(\d+)?(nano|micro|small|medium|large|xlarge|xl)$/.exec(name) ?? [];
  if (family === '') return undefined;
  const isBurstable = family.startsWith('t');
  const single = size === 'medium' && !isBurstable ? 1 : (AWS_SMALL[size] ?? 4);
  const vcpus = times === undefined ? single : 4 * Number(times);
  const memoryGb = (isBurstable ? BURSTABLE_GB[size] : undefined) ?? vcpus * (MEMORY_PER_VCPU[family.charAt(0)] ?? 4);
  return { provider: 'aws', family, vcpus, memoryGb };
}

function googleSize(name: string): InstanceSize | undefined {
  const [, family = '', type = '', count] = /^([a-z]\d[a-z]?)-([a-z]+)(?:-(\d+))?(?:-lssd)?$/.exec(name) ?? [];
  const memory = GOOGLE_MEMORY[type];
  if (memory !== undefined && count !== undefined)
    return { provider: 'gcp', family, vcpus: Number(count), memoryGb: Number(count) * memory };
  const shared = family === 'e2' && count === undefined ? GOOGLE_SHARED[type] : undefined;
  return shared === undefined ? undefined : { provider: 'gcp', family, vcpus: shared / 4, memoryGb: shared };
}

function azureSize(name: string): InstanceSize | undefined {
  // At least a feature or a version: `b200` is a card, `e5-2686_v4` a processor.
  if (!/^[bdef]\d+(?:(?:-\d+)?[a-z]+(?:_v\d)?|_v\d)$/.test(name)) return undefined;
  const [, letter = '', count, features = '', version = '1'] =
    /^([bdef])(\d+)(?:-\d+)?([a-z]*)(?:_v(\d))?$/.exec(name) ?? [];
  if (letter === '' || count === undefined) return undefined;
  const maker = /[ap]/.exec(features)?.[0] ?? '';
  const perVcpu = (MEMORY_PER_VCPU[letter] ?? 4) / (features.includes('l') ? 2 : 1);
  return {
    provider: 'azure',
    family: `${letter}${maker}_v${version}`,
    vcpus: Number(count),
    memoryGb: Number(count) * perVcpu,
  };
}

function round(value: number): number {
  return Number(value.toPrecision(3));
}
