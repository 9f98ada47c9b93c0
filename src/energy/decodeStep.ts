import type { GenerateConstants } from './constants.ts';

export type EngineGroup = 'eager' | 'server' | 'serverOld' | 'llamaCpp';

/** One decode step of a language model on `devices` equal devices. Parameters are counts; GB/s, TFLOP/s and watts are per device. */
export interface DecodeInput {
  readonly totalParameters: number;
  readonly activeParameters: number;
  /** Share of the routed experts that one token uses; absent: active / total of all weights. */
  readonly expertShare?: number;
  readonly bytesPerWeight: number;
  /** Bytes of key-value cache per token of context. */
  readonly cacheBytesPerToken: number;
  readonly layers: number;
  readonly engine: EngineGroup;
  readonly devices: number;
  readonly bandwidthGbs: number;
  readonly peakTflops: number;
  readonly tdpWatts: number;
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

const REFERENCE_BANDWIDTH_GBS = 2000;
const REFERENCE_TDP_WATTS = 700;
const REFERENCE_LAYERS = 32;

/**
 * Roofline of one step: reading weights and cache, computing (prefill in proportion), and a fixed cost of the engine.
 * Above 2 TB/s kernels use a falling share of the bandwidth; large cards reach a smaller share of their TDP than small ones.
 */
export function decodeStep(input: DecodeInput, constants: GenerateConstants): StepResult {
  const { batch, devices } = input;
  const memorySeconds = bytesRead(input, constants) / (devices * effectiveBandwidth(input, constants));
  const flops = 2 * input.activeParameters * batch * (1 + input.inputTokens / input.outputTokens);
  const computeSeconds = flops / (devices * input.peakTflops * 1e12 * constants.computeEfficiency);
  const { norm } = constants;
  const roofline = (memorySeconds ** norm + computeSeconds ** norm) ** (1 / norm);
  const seconds = roofline + overheadSeconds(input, constants);
  const most = Math.min(
    0.97,
    constants.powerMost * (input.tdpWatts / REFERENCE_TDP_WATTS) ** -constants.powerMostExponent,
  );
  const share =
    constants.powerIdle +
    constants.powerMemory * (memorySeconds / seconds) +
    constants.powerCompute * (computeSeconds / seconds);
  const watts = devices * input.tdpWatts * Math.min(most, share);
  return { seconds, watts, joulesPerToken: (watts * seconds) / batch };
}

function bytesRead(input: DecodeInput, constants: GenerateConstants): number {
  const context = input.inputTokens + input.outputTokens / 2;
  const weights = input.totalParameters * input.bytesPerWeight * readShare(input, constants);
  return weights + input.batch * context * input.cacheBytesPerToken * constants.cacheWeight;
}

/** Share of all weights that one step reads. Sequences of a mixture of experts choose different experts: the more of them, the more is read. */
function readShare(input: DecodeInput, constants: GenerateConstants): number {
  const { totalParameters, activeParameters, expertShare, batch } = input;
  if (!isMixture(input)) return 1;
  if (expertShare === undefined) return 1 - (1 - activeParameters / totalParameters) ** batch;
  const routed = Math.min(totalParameters, (totalParameters - activeParameters) / (1 - expertShare));
  const chosen = 1 - (1 - expertShare) ** (batch * constants.expertSpread);
  return (totalParameters - routed + routed * Math.max(expertShare, chosen)) / totalParameters;
}

function isMixture(input: DecodeInput): boolean {
  return input.activeParameters < 0.999 * input.totalParameters;
}

function effectiveBandwidth(input: DecodeInput, constants: GenerateConstants): number {
  const falling = (input.bandwidthGbs / REFERENCE_BANDWIDTH_GBS) ** -constants.bandwidthExponent;
  return input.bandwidthGbs * 1e9 * constants.memoryEfficiency * Math.min(1, falling);
}

function overheadSeconds(input: DecodeInput, constants: GenerateConstants): number {
  const fixed = constants.overheadMs;
  const depth = input.layers / REFERENCE_LAYERS;
  const links = Math.log2(input.devices);
  const perStep = fixed.base[input.engine] + fixed.perLog2Devices * links + (isMixture(input) ? fixed.mixture : 0);
  const perSequence =
    constants.perSequenceMs[input.engine] * Math.max(0.1, 1 + constants.perSequenceDepth * Math.log(depth)) +
    constants.perSequenceLinkMs * links;
  return (depth ** constants.depthExponent * perStep + input.batch * perSequence) / 1000;
}
