import { type Architecture, findArchitecture } from '../knowledge/architectures/findArchitecture.ts';
import { constants } from './constants.ts';
import { type DecodeInput, decodeStep, type EngineGroup } from './decodeStep.ts';
import { combineLogSd, logSdOfFactor } from './distribution.ts';
import type { Numerics } from './numericsOf.ts';
import { bytesPerWeight, peakFor } from './peakFor.ts';
import type { Physics } from './physics.ts';
import type { ResolvedWorkload } from './resolveWorkload.ts';

/** The decode step of a generation workload, as the roofline wants it. */
export function decodeInputOf(resolved: ResolvedWorkload, numerics: Numerics): DecodeInput {
  const { hardware, model } = resolved;
  const design = findArchitecture(model?.id ?? resolved.workload.model?.id);
  const engine = engineGroup(resolved);
  const weightBytes = numerics.weightBytes ?? bytesPerWeight(numerics.format);
  const layers = design.layers ?? model?.layers ?? 32 * (resolved.activeParameters / 8e9) ** 0.33;
  return {
    totalParameters: resolved.parameters,
    activeParameters: resolved.activeParameters,
    ...(model?.experts === undefined || model.expertsPerToken === undefined
      ? {}
      : { experts: model.experts, expertShare: model.expertsPerToken / model.experts }),
    bytesPerWeight: weightBytes,
    ...(engine === 'llamaCpp' && weightBytes < 2
      ? { unpackSeconds: unpackSeconds(resolved, weightBytes), unpackPower: constants.llamaCpp.unpackPower }
      : {}),
    blockFp8: design.blockFp8 === true && numerics.weightBytes === 1 && engine === 'server',
    cacheBytesPerToken: design.cacheBytesPerToken ?? cacheBytesPerToken(resolved),
    ...(design.windowTokens === undefined ? {} : { windowTokens: design.windowTokens }),
    ...(design.windowShare === undefined ? {} : { windowShare: design.windowShare }),
    layers,
    attentionOperations: 4 * layers * attentionWidth(resolved, design),
    engine,
    devices: resolved.devices,
    bandwidthGbs: hardware.bandwidthGbs,
    peakTflops: peakFor(hardware, numerics.format),
    tdpWatts: hardware.tdpWatts,
    ...(hardware.kind === 'gpu' ? {} : { powerShare: constants.generate.powerShareOf[hardware.kind] }),
    batch: resolved.batch,
    inputTokens: resolved.inputTokens,
    outputTokens: resolved.outputTokens,
  };
}

/** llama.cpp unpacks weights in 32-bit arithmetic while it reads them: the fewer bits, the more operations. */
function unpackSeconds({ activeParameters, hardware, devices }: ResolvedWorkload, weightBytes: number): number {
  const own = constants.llamaCpp.unpackOperations;
  const perWeight = weightBytes >= 0.95 ? own.eightBit : weightBytes >= 0.55 ? own.fourToSixBit : own.fewerBits;
  return (activeParameters * perWeight) / (devices * peakFor(hardware, 'fp32') * 1e12);
}

/** Heads x head size: usually the hidden size, which goes with the cube root of the parameters. Recurrent networks have none. */
function attentionWidth({ model, activeParameters }: ResolvedWorkload, design: Architecture): number {
  if (design.cacheBytesPerToken === 0) return 0;
  if (model?.headSize !== undefined && model.heads !== undefined) return model.heads * model.headSize;
  return model?.hidden ?? 4096 * (activeParameters / 8e9) ** 0.33;
}

/** Text token by token: the decode step, for the tokens of one answer. */
export function generationPhysics(resolved: ResolvedWorkload, numerics: Numerics): Physics {
  const { hardware, workload } = resolved;
  const input = decodeInputOf(resolved, numerics);
  const step = decodeStep(input, constants.generate);
  const known =
    workload.engine === undefined ? constants.interval.engineUnknown : constants.interval.known[input.engine];
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
