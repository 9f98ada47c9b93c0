import { constants } from './constants.ts';
import { type DecodeInput, decodeStep, type EngineGroup } from './decodeStep.ts';
import { combineLogSd, logSdOfFactor } from './distribution.ts';
import type { EnergyPart } from './energyPart.ts';
import { type Numerics, numericsOf } from './numericsOf.ts';
import { bytesPerWeight, peakFor } from './peakFor.ts';
import type { ResolvedWorkload } from './resolveWorkload.ts';

interface Physics {
  /** Device joules and seconds for one item. */
  readonly joules: number;
  readonly seconds: number;
  readonly logSd: number;
}

/** The computing itself, for one unit of work. */
export function computePart(resolved: ResolvedWorkload): EnergyPart | undefined {
  const numerics = numericsOf(resolved);
  const physics = physicsOf(resolved, numerics);
  if (!physics || resolved.itemsPerUnit === 0) return undefined;
  const ratio = numerics.effects.reduce((product, effect) => product * effect.ratio, 1);
  const deviceJoules = physics.joules * ratio * resolved.itemsPerUnit;
  return {
    name: 'compute',
    deviceJoules,
    wallJoules: deviceJoules * resolved.hardware.hostFactor,
    seconds: physics.seconds * ratio * resolved.itemsPerUnit,
    logSd: combineLogSd(physics.logSd, numerics.methodUnknown ? logSdOfFactor(2) : 0),
    effects: numerics.effects,
  };
}

function physicsOf(resolved: ResolvedWorkload, numerics: Numerics): Physics | undefined {
  switch (resolved.workload.kind) {
    case 'generate':
      return generation(resolved, numerics);
    case 'encode':
    case 'vision':
      return forward(resolved, numerics, itemFlops(resolved));
    case 'speech':
      return speech(resolved, numerics);
    case 'diffusion':
      return diffusion(resolved, numerics);
    case 'train':
      return training(resolved, numerics);
    case 'classical-fit':
      return classical(resolved, constants.classical.fitSecondsPerSample);
    case 'classical-predict':
      return classical(resolved, constants.classical.predictSecondsPerSample);
    case 'load-model':
    case 'read-data':
    case 'hosted-call':
      return undefined;
  }
}

/** The decode step of a generation workload, as the roofline wants it. */
export function decodeInputOf(resolved: ResolvedWorkload, numerics: Numerics): DecodeInput {
  const { hardware, model } = resolved;
  return {
    totalParameters: resolved.parameters,
    activeParameters: resolved.activeParameters,
    ...(model?.experts === undefined || model.expertsPerToken === undefined
      ? {}
      : { expertShare: model.expertsPerToken / model.experts }),
    bytesPerWeight: numerics.weightBytes ?? bytesPerWeight(numerics.format),
    cacheBytesPerToken: cacheBytesPerToken(resolved),
    layers: model?.layers ?? 32 * (resolved.activeParameters / 8e9) ** 0.33,
    engine: engineGroup(resolved),
    devices: resolved.devices,
    bandwidthGbs: hardware.bandwidthGbs,
    peakTflops: peakFor(hardware, numerics.format),
    tdpWatts: hardware.tdpWatts,
    batch: resolved.batch,
    inputTokens: resolved.inputTokens,
    outputTokens: resolved.outputTokens,
  };
}

function generation(resolved: ResolvedWorkload, numerics: Numerics): Physics {
  const { hardware, workload } = resolved;
  const step = decodeStep(decodeInputOf(resolved, numerics), constants.generate);
  const known = workload.engine !== undefined ? constants.interval.known : constants.interval.engineUnknown;
  const measured = hardware.kind === 'gpu' ? 0 : logSdOfFactor(constants.interval.noMeasurement);
  return {
    joules: step.joulesPerToken * resolved.outputTokens,
    seconds: (step.seconds * resolved.outputTokens) / resolved.batch,
    logSd: combineLogSd(logSdOfFactor(known), measured),
  };
}

/** Key and value, 16 bit, for every layer; from the configuration where known, else a fit over common models. */
export function cacheBytesPerToken(resolved: Pick<ResolvedWorkload, 'model' | 'parameters'>): number {
  const { model } = resolved;
  if (model?.layers !== undefined && model.hidden !== undefined && model.heads !== undefined) {
    const headSize = model.headSize ?? model.hidden / model.heads;
    return 2 * 2 * model.layers * (model.kvHeads ?? model.heads) * headSize;
  }
  return 131072 * (resolved.parameters / 8e9) ** 0.5;
}

export function engineGroup(resolved: ResolvedWorkload): EngineGroup {
  switch (resolved.workload.engine) {
    case 'vllm':
      return isOldServer(resolved.workload.engineVersion) ? 'serverOld' : 'server';
    case 'llama.cpp':
    case 'onnxruntime':
    case 'ort-web-wasm':
    case 'ort-web-webgpu':
      return 'llamaCpp';
    case undefined:
      return resolved.batch > 8 ? 'server' : 'eager';
    default:
      return 'eager';
  }
}

/** vLLM before 0.6 (2024) spent more time per sequence on the host. */
function isOldServer(version: string | undefined): boolean {
  const parts = /^0\.(\d+)/.exec(version ?? '');
  return parts !== null && Number(parts[1]) < 6;
}

/** Floating-point operations of one forward pass over one item. */
function itemFlops(resolved: ResolvedWorkload): number {
  const { model, activeParameters, inputTokens, workload } = resolved;
  if (model?.gflopsPerItem !== undefined) return model.gflopsPerItem * 1e9;
  const isImage = workload.kind === 'vision' || model?.kind === 'vision' || model?.kind === 'detection';
  if (isImage) return 2 * activeParameters * (model?.kind === 'detection' ? 1500 : 200);
  if (model?.layers !== undefined && model.hidden !== undefined && model.kind !== 'llm') {
    const perToken = 24 * model.layers * model.hidden ** 2 + 4 * model.layers * model.hidden * inputTokens;
    return perToken * inputTokens;
  }
  return 2 * activeParameters * inputTokens;
}

function forward(resolved: ResolvedWorkload, numerics: Numerics, flopsPerItem: number): Physics {
  const { hardware, batch } = resolved;
  const own = constants.forward;
  const onCpu = hardware.kind === 'cpu';
  const bytes = resolved.parameters * (numerics.weightBytes ?? bytesPerWeight(numerics.format));
  const memorySeconds = bytes / (hardware.bandwidthGbs * 1e9 * own.memoryEfficiency);
  const efficiency = onCpu ? own.cpuComputeEfficiency : own.computeEfficiency;
  const computeSeconds = (flopsPerItem * batch) / (peakFor(hardware, numerics.format) * 1e12 * efficiency);
  const layers = resolved.model?.layers ?? 12;
  const isCompiled = resolved.workload.engine === 'onnxruntime' || resolved.workload.engine === 'ort-web-wasm';
  const overhead =
    ((onCpu ? own.cpuOverheadMs : own.overheadMs) * (layers / 12) * (isCompiled ? 0.3 : 1) + batch * own.perItemMs) /
    1000;
  const busy = (memorySeconds ** 3 + computeSeconds ** 3) ** (1 / 3);
  const seconds = busy + overhead;
  const busyPower = own.powerCompute * (computeSeconds / seconds) + own.powerMemory * (memorySeconds / seconds);
  const share = onCpu ? own.cpuPowerShare : Math.min(own.powerMost, own.powerIdle + busyPower);
  const spread = hardware.kind === 'gpu' ? constants.interval.forward : constants.interval.noMeasurement;
  return {
    joules: (seconds * share * hardware.tdpWatts) / batch,
    seconds: seconds / batch,
    logSd: logSdOfFactor(spread),
  };
}

/** Encoder over 30 s of sound (1,500 frames), then text token by token with half of the parameters. */
function speech(resolved: ResolvedWorkload, numerics: Numerics): Physics {
  const half = resolved.parameters / 2;
  const encoder = forward({ ...resolved, parameters: half }, numerics, 2 * half * 1500);
  const decoder = generation(
    {
      ...resolved,
      parameters: half,
      activeParameters: half,
      inputTokens: 1,
      workload: { ...resolved.workload, engine: resolved.workload.engine ?? 'hf' },
    },
    numerics,
  );
  return {
    joules: encoder.joules + decoder.joules,
    seconds: encoder.seconds + decoder.seconds,
    logSd: logSdOfFactor(constants.interval.noMeasurement),
  };
}

/** Denoising steps over the latent positions of an image or video; multi-device runs pay for exchanging activations every step. */
function diffusion(resolved: ResolvedWorkload, numerics: Numerics): Physics {
  const { hardware, batch, devices, workload } = resolved;
  const own = constants.diffusion;
  const peak = peakFor(hardware, numerics.format);
  const rate = devices * peak * 1e12 * own.computeEfficiency * (peak / 1000) ** -own.peakExponent;
  const computeSeconds = (diffusionFlops(resolved) * batch) / rate;
  const overhead = (own.overheadMsPerStep + own.overheadMsPerLog2Devices * Math.log2(devices)) / 1000;
  const stepSeconds = computeSeconds + overhead;
  const share = Math.min(own.powerMost, own.powerIdle + own.powerCompute * (computeSeconds / stepSeconds));
  const seconds = stepSeconds * (workload.steps ?? 30);
  return {
    joules: (seconds * share * hardware.tdpWatts * devices) / batch,
    seconds: seconds / batch,
    logSd: combineLogSd(
      logSdOfFactor(constants.interval.diffusion),
      hardware.kind === 'gpu' ? 0 : logSdOfFactor(constants.interval.noMeasurement),
    ),
  };
}

/** Operations of one step for one picture: weights on every latent position, and attention between positions in transformers. */
function diffusionFlops(resolved: ResolvedWorkload): number {
  const { model, activeParameters, workload } = resolved;
  const own = constants.diffusion;
  const isUnet = model?.unet === true;
  const frames = workload.frames ?? 1;
  const latentFrames = isUnet || frames === 1 ? frames : (frames - 1) / 4 + 1;
  const positions = (workload.megapixels ?? 1) * (model?.tokensPerMegapixel ?? 2500) * latentFrames;
  const hidden = own.attentionHidden * (activeParameters / 1.3e9) ** (1 / 3);
  const attention = isUnet ? 0 : (own.attentionWeight * activeParameters * positions ** 2) / (3 * hidden);
  return (model?.passesPerStep ?? 2) * (2 * activeParameters * positions + attention);
}

/** Forward, backward (twice the forward) and optimiser, per sample. */
function training(resolved: ResolvedWorkload, numerics: Numerics): Physics {
  const { hardware, batch, devices } = resolved;
  const own = constants.training;
  const isVision = resolved.model?.kind === 'vision' || resolved.model?.kind === 'detection';
  const efficiency = isVision ? own.visionEfficiency : own.transformerEfficiency;
  const flops = 3 * itemFlops(resolved) * batch;
  const computeSeconds = flops / (devices * peakFor(hardware, numerics.format) * 1e12 * efficiency);
  const optimiserSeconds = (resolved.parameters * 28) / (hardware.bandwidthGbs * 1e9 * 0.7);
  const depth = isVision ? 1 : (resolved.model?.layers ?? 12) / 12;
  const hostMs = isVision ? own.visionOverheadMs : own.transformerOverheadMs;
  const overhead = hardware.kind === 'cpu' ? 0.005 : (hostMs * depth) / 1000;
  // Launching kernels overlaps with computing: only what the device does not hide costs time.
  const busy = computeSeconds + optimiserSeconds;
  const seconds = Math.max(busy, overhead) + 0.1 * Math.min(busy, overhead);
  const share =
    hardware.kind === 'cpu' ? 0.75 : Math.min(own.powerMost, own.powerIdle + own.powerBusy * (busy / seconds));
  return {
    joules: (seconds * share * hardware.tdpWatts * devices) / batch,
    seconds: seconds / batch,
    logSd: logSdOfFactor(hardware.kind === 'gpu' ? constants.interval.training : constants.interval.noMeasurement),
  };
}

function classical(resolved: ResolvedWorkload, secondsPerSample: number): Physics {
  const watts = resolved.hardware.tdpWatts * constants.classical.cpuPowerShare;
  return {
    joules: watts * secondsPerSample,
    seconds: secondsPerSample,
    logSd: logSdOfFactor(constants.interval.classical),
  };
}
