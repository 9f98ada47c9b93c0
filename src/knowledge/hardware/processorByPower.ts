import type { CatalogueDevice } from './catalogueDevice.ts';
import data from './cpuPower.json';

/** Usual figures per watt of TDP, medians of the processors in cpus.json: TFLOP/s in fp32, and GB/s of memory. */
const USUAL = {
  server: { teraflops: 0.021, bandwidth: 0.91, memoryGb: 256 },
  desktop: { teraflops: 0.013, bandwidth: 0.57, memoryGb: 32 },
  laptop: { teraflops: 0.032, bandwidth: 2.5, memoryGb: 16 },
} as const;
const SERVER = /xeon|epyc|opteron|neoverse|graviton|ampere|power\d/i;
const LAPTOP_WATTS = 45;
const NOISE = /\((?:r|tm)\)|®|™|@.*$|\b(?:cpu|processor|with radeon.*|\d+-core)\b/gi;

/** A processor that the catalogue has no peak of, but whose power is published; the rest is usual for its kind. */
export function processorByPower(text: string): CatalogueDevice | undefined {
  const words = text.replace(NOISE, ' ').match(/[a-z0-9+.]+/gi);
  if (!words || !/\d/.test(words.join('')) || words.join('').length < 4) return undefined;
  const pattern = words.map((word) => word.replace(/[+.]/g, '\\$&')).join('[^a-z0-9|]+');
  const wanted = new RegExp(`(?:^|\\|)((?:[^|]*[^a-z0-9|])?${pattern})(?=\\||$)`, 'i');
  for (const [watts, names] of Object.entries(data.namesByWatts)) {
    const name = wanted.exec(names)?.[1];
    if (name !== undefined) return usualProcessor(name, Number(watts));
  }
  return undefined;
}

/** Figures that are usual for a processor of this power. */
export function usualProcessor(name: string, watts: number): CatalogueDevice {
  const kind = SERVER.test(name) ? 'server' : watts <= LAPTOP_WATTS ? 'laptop' : 'desktop';
  const usual = USUAL[kind];
  return {
    name,
    kind: 'cpu',
    class: kind,
    tdpWatts: watts,
    memoryGb: usual.memoryGb,
    bandwidthGbs: Math.round(watts * usual.bandwidth),
    peakTflops: { fp32: Number((watts * usual.teraflops).toPrecision(2)) },
    source: `${data.source}; peak and bandwidth as usual for its power`,
  };
}
