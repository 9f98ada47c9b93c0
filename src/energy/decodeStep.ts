import type { GenerateConstants } from './constants.ts';
import { smoothMax } from './smoothMax.ts';

export type EngineGroup = 'eager' | 'server' | 'serverOld' | 'llamaCpp';

/** One decode step of a language model on `devices` equal devices. Parameters are counts; GB/s, TFLOP/s and watts are per device. */
export interface DecodeInput {
  readonly totalParameters: number;
  readonly activeParameters: number;
  /** Routed experts of a mixture and the share of them that works on one token; absent: active / total of all weights. */
  readonly experts?: number;
  readonly expertShare?: number;
  readonly bytesPerWeight: number;
  /** Seconds per step that a device takes to unpack quantised weights, beyond reading them. */
  readonly unpackSeconds?: number;
  /** Share of TDP that unpacking draws besides. */
  readonly unpackPower?: number;
  /** FP8 weights of a mixture with one scale per block: slower kernels. */
  readonly blockFp8?: boolean;
  /** Bytes of key-value cache per token of context. */
  readonly cacheBytesPerToken: number;
  /** A share of the layers keeps at most so many tokens. */
  readonly windowTokens?: number;
  readonly windowShare?: number;
  readonly layers: number;
  /** Operations of attention for one token that looks at one other, over all layers: 4 x layers x heads x head size. */
  readonly attentionOperations?: number;
  readonly engine: EngineGroup;
  readonly devices: number;
  readonly bandwidthGbs: number;
  readonly peakTflops: number;
  readonly tdpWatts: number;
  /** Share of TDP where the power law of accelerators does not hold (processors). */
  readonly powerShare?: number;
  /** Sequences decoded together. */
  readonly batch: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
}

export interface StepResult {
  /** Wall-clock seconds of one step, prefill of new sequences included in proportion. */
  readonly seconds: number;
  /** Power of all devices together. */
  readonly watts: number;
  readonly joulesPerToken: number;
}

/** Seconds of one step by what they go to. */
interface StepTimes {
  /** Reading weights and cache, computing, unpacking: what the devices have to do. */
  readonly work: number;
  readonly communication: number;
  readonly total: number;
}

/** Bytes of one step over all devices. */
interface Traffic {
  readonly bytes: number;
  /** Devices × what the busiest device reads: experts lie on devices, and the draw is never even. */
  readonly slowestBytes: number;
  /** All experts' weights. */
  readonly expertBytes: number;
}

const REFERENCE_BANDWIDTH_GBS = 2000;
/** Experts of a mixture whose configuration is not known: the usual number. */
const USUAL_EXPERTS = 64;

/**
 * Time of one step: bytes over bandwidth plus operations over achievable peak, plus what the engine adds per layer, link and sequence.
 * Eager engines launch kernels while the device still works: there the longer of the two counts, smoothly.
 * Power: what an occupied device draws, plus joules per byte moved, plus a share per operation, at most nearly the TDP.
 */
export function decodeStep(input: DecodeInput, constants: GenerateConstants): StepResult {
  if (input.engine === 'llamaCpp' && input.devices > 1) return oneAfterAnother(input, constants);
  const { batch, devices, tdpWatts } = input;
  const traffic = trafficOf(input, constants);
  const peakFlops = devices * input.peakTflops * 1e12;
  const weightSeconds = (2 * input.activeParameters * batch * (1 + input.inputTokens / input.outputTokens)) / peakFlops;
  const attentionSeconds = (batch * promptAttention(input)) / (input.outputTokens * peakFlops);
  const peakSeconds = weightSeconds + attentionSeconds;
  const mixtureEfficiency = isMixture(input) ? constants.mixtureComputeEfficiency : 1;
  const computeSeconds = (weightSeconds / mixtureEfficiency + attentionSeconds) / constants.computeEfficiency;
  const bandwidth = devices * achievedBandwidth(input.bandwidthGbs, constants);
  const unpacking = blockBytes(input, traffic, constants) / bandwidth + (input.unpackSeconds ?? 0);
  const times = timesOf(input, constants, traffic.slowestBytes / bandwidth + computeSeconds + unpacking);
  const seconds = times.total;
  const joulesPerByte =
    constants.picojoulesPerByte *
    1e-12 *
    (input.bandwidthGbs / REFERENCE_BANDWIDTH_GBS) ** -constants.byteEnergyExponent;
  const share =
    constants.powerIdle +
    constants.powerOccupied * occupied(input, times) +
    (joulesPerByte * traffic.bytes) / (seconds * devices * tdpWatts) +
    constants.powerPerOperation * (peakSeconds / seconds) +
    constants.powerUnpacking * (unpacking / seconds) +
    (input.unpackPower ?? 0);
  const watts = devices * tdpWatts * (input.powerShare ?? Math.min(constants.powerMost, share));
  return { seconds, watts, joulesPerToken: (watts * seconds) / batch };
}

/** llama.cpp gives each device a share of the layers: one works at a time while the others wait, and nothing gets faster. */
function oneAfterAnother(input: DecodeInput, constants: GenerateConstants): StepResult {
  const working = decodeStep({ ...input, devices: 1 }, constants);
  const watts = working.watts + (input.devices - 1) * input.tdpWatts * constants.powerIdle;
  return { seconds: working.seconds, watts, joulesPerToken: (watts * working.seconds) / input.batch };
}

/** Operations of attention between the tokens of one prompt. Each looks at those before it, in windowed layers at the last few. */
function promptAttention(input: DecodeInput): number {
  const tokens = input.inputTokens;
  const window = Math.min(tokens, input.windowTokens ?? tokens);
  const share = windowShareOf(input);
  const windowed = window ** 2 / 2 + (tokens - window) * window;
  return (input.attentionOperations ?? 0) * ((1 - share) * (tokens ** 2 / 2) + share * windowed);
}

/** Sequences in the smallest measured batch of block-scaled FP8. */
const MEASURED_BLOCK_BATCH = 8;

/** Bytes read once more because FP8 weights are scaled by blocks; below the measured batches in proportion, since one token needs few experts. */
function blockBytes(input: DecodeInput, traffic: Traffic, constants: GenerateConstants): number {
  if (input.blockFp8 !== true) return 0;
  return constants.blockFp8Rereads * traffic.expertBytes * Math.min(1, input.batch / MEASURED_BLOCK_BATCH);
}

/**
 * Bytes per second that the kernels of one device reach. How many bytes can be under way at once has grown less than the bandwidth from
 * one generation to the next, so that the faster the memory, the smaller the share of it that a kernel of a decode step fills.
 */
function achievedBandwidth(bandwidthGbs: number, constants: GenerateConstants): number {
  return (bandwidthGbs * 1e9 * constants.memoryEfficiency) / (1 + bandwidthGbs / constants.bandwidthSaturationGbs);
}

function timesOf(input: DecodeInput, constants: GenerateConstants, work: number): StepTimes {
  const { layers, batch, engine } = input;
  const perLayer = constants.layerMicroseconds;
  const host = (layers * perLayer[engine]) / 1e6;
  if (engine === 'eager') return { work, communication: 0, total: smoothMax(host, work, constants.overlap) };
  const communication = (layers * perLayer.perLog2Devices * Math.log2(input.devices)) / 1e6;
  const mixture = isMixture(input) ? (layers * constants.mixtureLayerMicroseconds[engine]) / 1e6 : 0;
  const sequences = (batch * constants.sequenceMicroseconds[engine]) / 1e6;
  return { work, communication, total: work + host + communication + mixture + sequences };
}

/** Share of the step in which kernels occupy the device. Servers of 2025 replay recorded graphs: only links make it wait. */
function occupied({ engine }: DecodeInput, times: StepTimes): number {
  if (engine === 'eager' || engine === 'serverOld') return Math.min(1, times.work / times.total);
  return 1 - times.communication / times.total;
}

function trafficOf(input: DecodeInput, constants: GenerateConstants): Traffic {
  const { totalParameters, bytesPerWeight, devices } = input;
  const cache = input.batch * cachedBytes(input);
  const slowestCache = cache * constants.cacheWeight;
  if (!isMixture(input)) {
    const weights = totalParameters * bytesPerWeight;
    return { bytes: weights + cache, slowestBytes: weights + slowestCache, expertBytes: 0 };
  }
  const expertShare = input.expertShare ?? input.activeParameters / totalParameters;
  const routed = Math.min(totalParameters, (totalParameters - input.activeParameters) / (1 - expertShare));
  const chosen = Math.max(expertShare, 1 - (1 - expertShare) ** (input.batch * constants.expertSpread));
  const expertsPerDevice = Math.max(1, (input.experts ?? USUAL_EXPERTS) / devices);
  const spread = Math.sqrt((2 * Math.log(devices) * (1 - chosen)) / (chosen * expertsPerDevice));
  const slowest = Math.min(1, chosen * (1 + constants.expertImbalance * spread));
  const read = (share: number): number => (totalParameters - routed + routed * share) * bytesPerWeight;
  return {
    bytes: read(chosen) + cache,
    slowestBytes: read(slowest) + slowestCache,
    expertBytes: routed * bytesPerWeight,
  };
}

/** Cache of one sequence, half of its answer written. */
export function cachedBytes(
  input: Pick<DecodeInput, 'inputTokens' | 'outputTokens' | 'windowTokens' | 'windowShare' | 'cacheBytesPerToken'>,
): number {
  const context = input.inputTokens + input.outputTokens / 2;
  const share = windowShareOf(input);
  const kept = (1 - share) * context + share * Math.min(context, input.windowTokens ?? context);
  return kept * input.cacheBytesPerToken;
}

/** Share of the layers that keep only the last tokens. */
function windowShareOf({ windowTokens, windowShare }: Pick<DecodeInput, 'windowTokens' | 'windowShare'>): number {
  return windowTokens === undefined ? 0 : (windowShare ?? 1);
}

function isMixture(input: DecodeInput): boolean {
  return input.activeParameters < 0.999 * input.totalParameters;
}
