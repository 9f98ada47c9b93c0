import { nearestNames } from '../nearestNames.ts';
import type { CatalogueDevice } from './catalogueDevice.ts';
import { catalogueDevices } from './catalogueDevices.ts';
import { findCpuInstance } from './cpuInstance.ts';
import { type DeviceName, parseDeviceName } from './deviceName.ts';
import instanceData from './instances.json';
import { processorByPower } from './processorByPower.ts';
import { parseServerName } from './serverName.ts';

export interface DeviceMatch {
  readonly device: CatalogueDevice;
  readonly count: number;
  /** Said where the name did not state it: which variant or device was taken. */
  readonly assumption?: string;
  /** The text names no chip, or one of which little is known; the device stands for a kind of machine. */
  readonly isGuess?: boolean;
  /** Part of the device that is rented, where the figures are of a part. */
  readonly share?: number;
}

/** Names that measured tables use for machines rather than chips. */
const MACHINES: ReadonlyMap<string, string> = new Map([
  ['spark', 'NVIDIA GB10 (DGX Spark)'],
  ['dgxspark', 'NVIDIA GB10 (DGX Spark)'],
  ['gb10', 'NVIDIA GB10 (DGX Spark)'],
  ['trainium', 'AWS Trainium1'],
  ['inf2', 'AWS Inferentia2'],
  ['inf1', 'AWS Inferentia1'],
  ['citic', 'NVIDIA A2'],
  ['trillium', 'Google TPU v6e'],
  ['ironwood', 'Google TPU v7'],
]);

/** Machines whose chip the text leaves open. */
const OPEN_NAMES: readonly (readonly [RegExp, string])[] = [
  [/^client only \(apple m2\)/i, 'Apple M2'],
  [/\bunknown\b.*\bgpu\b|^workstation$|^gpu$/i, 'NVIDIA RTX 3090'],
  [/^(?:unknown )?(?:cpu|server)$/i, 'Intel Xeon Platinum 8375C'],
  [/^laptop$/i, 'Intel Core i7-1260P'],
];

const indexed = catalogueDevices.map((device) => ({ device, name: parseDeviceName(device.name) }));

/** Finds a device by catalogue name, driver name, measured-table spelling or cloud instance type; a processor also by its power alone. */
export function findDevice(text: string): DeviceMatch | undefined {
  const several = /^\s*(\d{1,5})\s*[x×]\s*(?=\S)(.*)$/i.exec(text);
  const one = several?.[2] === undefined ? undefined : findOne(several[2]);
  if (one) return { ...one, count: one.count * Number(several?.[1]) };
  return findOne(text);
}

function findOne(text: string): DeviceMatch | undefined {
  const typed = instanceName(text);
  const instance = instanceData.entries.find((entry) => instanceName(entry.name) === typed);
  if (instance) {
    const device = catalogueDevices.find((candidate) => candidate.name === instance.device);
    return device && { device, count: instance.count };
  }
  const rented = findCpuInstance(typed);
  if (rented) return { ...rented, count: 1 };
  const server = parseServerName(text);
  const chip = server && findOne(server.chip);
  if (chip) {
    const assumption = `${text.trim()} is taken as ${server.count} × ${chip.device.name}.`;
    return { device: chip.device, count: server.count, assumption };
  }
  const exact = catalogueDevices.find((device) => device.name.toLowerCase() === text.trim().toLowerCase());
  if (exact) return { device: exact, count: 1 };
  const open = openName(text);
  if (open) return open;
  const wanted = parseDeviceName(text);
  if (wanted.core === '') return undefined;
  const machine = MACHINES.get(wanted.core);
  const named = machine === undefined ? undefined : catalogueDevices.find((device) => device.name === machine);
  if (named) return { device: named, count: 1, assumption: `${text} is taken as ${named.name}.` };
  const same = indexed.filter((entry) => entry.name.core === wanted.core);
  const pool = ofFormFactor(
    same.length > 0 ? same : indexed.filter((entry) => isTail(entry.name.words, wanted.core)),
    wanted,
  );
  const ranked = pool
    .map((entry, order) => ({ entry, order, score: variantScore(entry.name.variants, wanted.variants) }))
    .sort((a, b) => b.score - a.score || a.order - b.order);
  const best = ranked[0]?.entry.device;
  if (!best) return byPower(text);
  if (best.kind === 'gpu' && /\blaptop\b|\bmobile\b|\bmax-q\b/i.test(text) && !/laptop|max-q/i.test(best.name)) {
    return { device: best, count: 1, isGuess: true, assumption: `The figures of the desktop card stand for ${text}.` };
  }
  const isPlain = best.name.toLowerCase().endsWith(text.replace(/\(.*$/, '').trim().toLowerCase());
  if (pool.length === 1 || wanted.variants.length > 0 || isPlain) return { device: best, count: 1 };
  return { device: best, count: 1, assumption: `${text} has several variants; ${best.name} is assumed.` };
}

/** `Standard_NC6s_v3`, `NC6s v3` and `ml.g5.xlarge` are said of the same machines. */
function instanceName(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replace(/^standard[_ ]/, '')
    .replace(/^ml\.(?=[a-z0-9-]+\.)/, '')
    .replace(/\s+/g, '_');
}

function byPower(text: string): DeviceMatch | undefined {
  const device = processorByPower(text);
  if (!device) return undefined;
  const assumption = `Of ${device.name} only the power is known (${device.tdpWatts} W); speed and bandwidth are those usual for it.`;
  return { device, count: 1, isGuess: true, assumption };
}

function openName(text: string): DeviceMatch | undefined {
  const entry = OPEN_NAMES.find(([pattern]) => pattern.test(text.trim()));
  if (!entry) return undefined;
  const device = catalogueDevices.find((candidate) => candidate.name === entry[1]);
  return (
    device && { device, count: 1, isGuess: true, assumption: `"${text}" names no chip; ${device.name} is assumed.` }
  );
}

const BRANDS = /\b(?:nvidia|geforce|amd|radeon|instinct|apple|intel|google|aws)\b/gi;

const MOST_SUGGESTED = 3;
const MIG_SLICE = /\b[1-7]g\.\d+gb\b/i;

/** Why no device goes by this name, and what might be meant; ends without a full stop. */
export function unknownDevice(text: string): string {
  if (MIG_SLICE.test(text))
    return `"${text}" is a MIG slice, which shares its card's power with the others: name the whole card (as "H100") and take the slice's share of the answer`;
  return `"${text}" is not in the catalogue; nearest: ${nearestDevices(text).join(', ') || 'none'}`;
}

/** Catalogue names and instance types like `text`, for an error message; makers' names say too little to count. */
export function nearestDevices(text: string): string[] {
  // Only a text like `g5.huge` or `Standard_NC7` can mean an instance type.
  const instances = /[._]/.test(text) ? instanceData.entries : [];
  const names = new Map<string, string>();
  for (const { device, name } of indexed) {
    const chip = name.words.join(' ');
    if (!names.has(chip)) names.set(chip, device.name);
    names.set(device.name.replace(BRANDS, ''), device.name);
  }
  for (const { name } of instances) names.set(name, name);
  const near = nearestNames(text.replace(BRANDS, ''), names.keys(), 2 * MOST_SUGGESTED);
  return [...new Set(near.flatMap((key) => names.get(key) ?? []))].slice(0, MOST_SUGGESTED);
}

type Indexed = (typeof indexed)[number];

/** The chips of laptops where the text speaks of one, else the others; all where that leaves none. */
function ofFormFactor(pool: readonly Indexed[], wanted: DeviceName): readonly Indexed[] {
  const isLaptop = ({ variants }: DeviceName): boolean => variants.includes('laptop');
  const fitting = pool.filter(({ name }) => isLaptop(name) === isLaptop(wanted));
  return fitting.length > 0 ? fitting : pool;
}

/** `4090` of `rtx 4090`, `m1` of `apple m1`: whole words at the end. */
function isTail(words: readonly string[], tail: string): boolean {
  return tail.length >= 2 && /\d/.test(tail) && words.some((_, at) => words.slice(at).join('') === tail);
}

function variantScore(have: readonly string[], wanted: readonly string[]): number {
  let score = 0;
  for (const variant of wanted) score += have.includes(variant) ? 1 : -0.25;
  return score;
}
