import { nearestNames } from '../nearestNames.ts';
import type { CatalogueDevice } from './catalogueDevice.ts';
import { catalogueDevices } from './catalogueDevices.ts';
import { parseDeviceName } from './deviceName.ts';
import instanceData from './instances.json';
import { processorByPower } from './processorByPower.ts';

export interface DeviceMatch {
  readonly device: CatalogueDevice;
  readonly count: number;
  /** Said where the name did not state it: which variant or device was taken. */
  readonly assumption?: string;
  /** The text names no chip, or one of which little is known; the device stands for a kind of machine. */
  readonly isGuess?: boolean;
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
  const pool = same.length > 0 ? same : indexed.filter((entry) => isTail(entry.name.words, wanted.core));
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

/** Catalogue names and instance types like `text`, for an error message; makers' names say too little to count. */
export function nearestDevices(text: string): string[] {
  const names = new Map<string, string>();
  for (const { name } of [...catalogueDevices, ...instanceData.entries])
    names.set(name.replace(BRANDS, '').trim(), name);
  return nearestNames(text.replace(BRANDS, ''), names.keys()).map((short) => names.get(short) ?? short);
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
