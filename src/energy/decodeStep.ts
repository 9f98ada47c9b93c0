import type { GenerateConstants } from './constants.ts';

export type EngineGroup = 'eager' | 'server' | 'serverOld' | 'llamaCpp';

/** One decode step of a language model on `devices` equal devices. Parameters are counts, bandwidth GB/s per device, peak TFLOP/s per device, TDP watts per device. */
export interface DecodeInput {
  readonly totalParameters: number;
  readonly activeParameters: number;
  readonly bytesPerWeight: number;
  /** Bytes of key-value cache per token of context. */
  readonly cacheBytesPerToken: number;
  readonly engine: EngineGroup;
  readonly bitsandbytes: boolean;
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

/**
 * Roofline of one step: reading weights and cache, computing, and a fixed cost of the engine.
 * A mixture of experts reads more experts the more sequences there are: total · (1 − (1 − active/total)^batch).
 */
export function decodeStep(input: DecodeInput, constants: GenerateConstants): StepResult {
  const { batch, devices } = input;
  const activeShare = Math.min(1, input.activeParameters / input.totalParameters);
  const isMixture = activeShare < 0.999;
  const readShare = isMixture ? 1 - (1 - activeShare) ** batch : 1;
  const contextTokens = input.inputTokens + input.outputTokens / 2;
  const bytes =
    input.totalParameters * input.bytesPerWeight * readShare + batch * contextTokens * input.cacheBytesPerToken;
  const memorySeconds = bytes / (devices * input.bandwidthGbs * 1e9 * constants.memoryEfficiency);
  const flops = 2 * input.activeParameters * batch * (1 + input.inputTokens / input.outputTokens);
  const computeSeconds = flops / (devices * input.peakTflops * 1e12 * constants.computeEfficiency);
  const overhead = overheadSeconds(input, isMixture, constants);
  const rooflineSeconds = (memorySeconds ** constants.norm + computeSeconds ** constants.norm) ** (1 / constants.norm);
  const seconds = rooflineSeconds + overhead;
  const share =
    constants.powerIdle +
    constants.powerMemory * (memorySeconds / seconds) +
    constants.powerCompute * (computeSeconds / seconds);
  const watts = devices * input.tdpWatts * Math.min(constants.powerMost, share);
  return { seconds, watts, joulesPerToken: (watts * seconds) / batch };
}

function overheadSeconds(input: DecodeInput, isMixture: boolean, constants: GenerateConstants): number {
  const fixed = constants.overheadMs;
  const milliseconds =
    fixed.base +
    fixed.perLog2Devices * Math.log2(input.devices) +
    (isMixture ? fixed.mixture : 0) +
    (input.engine === 'eager' ? fixed.eager : 0) +
    (input.engine === 'llamaCpp' ? fixed.llamaCpp : 0) +
    (input.bitsandbytes ? fixed.bitsandbytes : 0);
  const sized = (input.activeParameters / 8e9) ** constants.overheadSizeExponent * milliseconds;
  return (sized + input.batch * constants.perSequenceMs[input.engine]) / 1000;
}
