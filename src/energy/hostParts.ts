import { constants } from './constants.ts';
import { logSdOfFactor } from './distribution.ts';
import type { EnergyPart } from './energyPart.ts';
import type { ModelFacts } from './modelFacts.ts';
import { bytesPerWeight } from './peakFor.ts';
import type { Hardware } from './profile.ts';
import type { ResolvedWorkload } from './resolveWorkload.ts';

/** Loading the model `loadsPerUnit` times: bytes from disk, deserialised by the host while the accelerator waits. */
export function loadPart(resolved: ResolvedWorkload): EnergyPart | undefined {
  const { workload } = resolved;
  const loads = workload.loadsPerUnit ?? (workload.kind === 'load-model' ? 1 : 0);
  if (loads <= 0) return undefined;
  const own = constants.load;
  const seconds = loads * itemsOf(resolved) * (own.fixedSeconds + storedBytes(resolved) / own.bytesPerSecond);
  return waiting('model loading', resolved.hardware, resolved.devices, seconds, own, constants.interval.load);
}

/** Reading the same data `readsPerUnit` times: parsing on one core while the accelerator waits. */
export function readPart(resolved: ResolvedWorkload): EnergyPart | undefined {
  const { workload } = resolved;
  const reads = workload.readsPerUnit ?? (workload.kind === 'read-data' ? 1 : 0);
  if (reads <= 0) return undefined;
  const own = constants.read;
  const seconds = reads * itemsOf(resolved) * (own.fixedSeconds + (workload.bytesPerRead ?? 1e7) / own.bytesPerSecond);
  const spread = workload.bytesPerRead === undefined ? constants.interval.itemsAssumed : constants.interval.read;
  return waiting('data reading', resolved.hardware, resolved.devices, seconds, own, spread);
}

/** A call of a hosted model. Only the class is known; the provider's machines, grid and PUE are averages. */
export function hostedPart(resolved: ResolvedWorkload): EnergyPart | undefined {
  if (resolved.workload.kind !== 'hosted-call' || resolved.itemsPerUnit === 0) return undefined;
  const own = constants.hosted;
  const size = resolved.model?.hosted?.size ?? 'medium';
  const output = resolved.outputTokens * (size === 'reasoning' ? own.reasoningTokensPerOutputToken : 1);
  // What the cache holds is read again, not computed; a tenth of the work is taken, as prices have it.
  const cached = Math.min(1, resolved.workload.cachedInputShare ?? 0);
  const computedInput = resolved.inputTokens * (1 - cached * (1 - own.cachedTokenWork));
  const wattHours =
    own.whPerCall[size] +
    (own.whPerThousandOutputTokens[size] * output + own.whPerThousandInputTokens[size] * computedInput) / 1000;
  const wallJoules = (wattHours * 3600 * resolved.itemsPerUnit) / own.providerPue;
  return {
    name: 'hosted call',
    wallJoules,
    deviceJoules: wallJoules * own.acceleratorShare,
    seconds: 0,
    logSd: logSdOfFactor(constants.interval.hosted * (resolved.model?.hosted ? 1 : 3)),
    effects: [],
    gramsPerKwh: own.gramsPerKwh,
    pue: own.providerPue,
  };
}

function waiting(
  name: EnergyPart['name'],
  hardware: Hardware,
  devices: number,
  seconds: number,
  own: { readonly hostWatts: number; readonly cpuShareOfTdp: number },
  spread: number,
): EnergyPart {
  if (hardware.kind === 'gpu') {
    const idle = devices * (hardware.idleWatts ?? hardware.tdpWatts * constants.load.idleShareOfTdp);
    return {
      name,
      seconds,
      deviceJoules: idle * seconds,
      wallJoules: (idle + own.hostWatts) * seconds,
      logSd: logSdOfFactor(spread),
      effects: [],
    };
  }
  const watts = hardware.tdpWatts * own.cpuShareOfTdp;
  return {
    name,
    seconds,
    deviceJoules: watts * seconds,
    wallJoules: watts * hardware.hostFactor * seconds,
    logSd: logSdOfFactor(spread),
    effects: [],
  };
}

/** Loads and reads are stated per unit of work; repeats of the unit repeat them. */
function itemsOf(resolved: ResolvedWorkload): number {
  return Math.max(0, resolved.workload.repeats ?? 1);
}

function storedBytes(resolved: ResolvedWorkload): number {
  return resolved.parameters * storedBytesPerWeight(resolved.model, resolved.parameters);
}

function storedBytesPerWeight(model: ModelFacts | undefined, parameters: number): number {
  if (model?.bitsPerWeight !== undefined) return model.bitsPerWeight / 8;
  if (model?.storedFormat !== undefined) return bytesPerWeight(model.storedFormat);
  return parameters >= 1e9 ? 2 : 4;
}
