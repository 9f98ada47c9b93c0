import type { DeviceEvidence, Hardware } from '../../energy/profile.ts';
import type { CatalogueDevice } from './catalogueDevice.ts';

/** The catalogue's figures as the energy model wants them, for `count` devices (figures stay per device). */
export function hardwareOf(device: CatalogueDevice, count: number): Hardware {
  return {
    kind: device.kind,
    device: device.name,
    count,
    tdpWatts: device.tdpWatts,
    ...(device.idleWatts === undefined ? {} : { idleWatts: device.idleWatts }),
    memoryGb: device.memoryGb,
    bandwidthGbs: device.bandwidthGbs,
    peakTflops: device.peakTflops,
    hostFactor: hostFactorOf(device),
    ...(device.kind === 'gpu' ? { evidence: evidenceOf(device) } : {}),
  };
}

/** Cards in the tables that the model is fitted on or judged by, in any of their boards. */
const MEASURED = /\b(?:V100|A100|A800|H100|H800|H200|B200|GB200)/;

function evidenceOf(device: CatalogueDevice): DeviceEvidence {
  if (device.class === 'integrated') return 'integrated';
  if (MEASURED.test(device.name)) return 'measured';
  const isAmpereOrLater = device.name.startsWith('NVIDIA') && device.peakTflops.bf16 !== undefined;
  return isAmpereOrLater && device.class !== 'edge' ? 'kin' : 'none';
}

/**
 * Wall power of the machine per watt of device power while it works.
 * Cards: certified MLPerf system power (v1.0 to v5.1) gives 0.8 to 1.3 x TDP per large card and 1.8 to 4.9 x per small card; the
 * device itself draws about two thirds of its TDP while working. Systems on a chip and processors: memory, fans and power supply, assumed.
 */
function hostFactorOf(device: CatalogueDevice): number {
  if (device.kind === 'mps') return 1.3;
  if (device.kind === 'cpu') return device.class === 'laptop' || device.class === 'edge' ? 1.25 : 1.4;
  // The board is the machine: a DGX Spark (140 W) draws about 60 W in all while it generates (UGR LLM energy benchmark, 2025).
  if (device.class === 'edge' || device.class === 'soc') return 1.15;
  return Math.round((1.2 + 150 / device.tdpWatts) * 100) / 100;
}
