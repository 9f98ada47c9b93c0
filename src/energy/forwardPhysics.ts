import { findArchitecture } from '../knowledge/architectures/findArchitecture.ts';
import { constants } from './constants.ts';
import { logSdOfFactor } from './distribution.ts';
import { generationPhysics } from './generationPhysics.ts';
import type { Numerics } from './numericsOf.ts';
import { type PassConstants, passSeconds } from './passPhysics.ts';
import { bytesPerWeight, peakFor } from './peakFor.ts';
import type { Physics } from './physics.ts';
import type { ResolvedWorkload } from './resolveWorkload.ts';
import { smoothMax } from './smoothMax.ts';

export type ForwardConstants = typeof constants.forward;

/** One forward pass over a batch: weights read once, operations per item; the host launches kernels meanwhile and prepares inputs. */
export function forwardPhysics(
  resolved: ResolvedWorkload,
  numerics: Numerics,
  flopsPerItem: number,
  own: ForwardConstants = constants.forward,
  pass: PassConstants = constants.training.pass,
): Physics {
  const { hardware, batch } = resolved;
  const onCpu = hardware.kind === 'cpu';
  const bytes = resolved.parameters * (numerics.weightBytes ?? bytesPerWeight(numerics.format));
  const memorySeconds = bytes / (hardware.bandwidthGbs * 1e9 * own.memoryEfficiency);
  const operations = flopsPerItem * batch;
  const computeSeconds = onCpu
    ? operations / (peakFor(hardware, numerics.format) * 1e12 * own.cpuComputeEfficiency)
    : passSeconds(resolved, numerics, operations, 1, pass);
  const busy = memorySeconds + computeSeconds;
  // A pipeline waits for each answer before it prepares the next input; plain code launches ahead of the device.
  const overlap = onCpu || isPipeline(resolved) ? 1 : own.overlap;
  const seconds = smoothMax(busy, hostSeconds(resolved, own), overlap);
  const share = onCpu
    ? own.cpuPowerShare
    : Math.min(own.powerMost, own.powerIdle + (own.powerMost - own.powerIdle) * (busy / seconds));
  const spread = hardware.kind === 'gpu' ? constants.interval.forward : constants.interval.noMeasurement;
  return {
    joules: (seconds * share * hardware.tdpWatts) / batch,
    seconds: seconds / batch,
    logSd: logSdOfFactor(spread),
  };
}

/** Launching kernels, layer by layer; pipelines also tokenise texts, and decode and resize pictures, one by one. */
function hostSeconds(resolved: ResolvedWorkload, own: ForwardConstants): number {
  const { hardware, model, workload, batch } = resolved;
  const isCompiled = workload.engine === 'onnxruntime' || workload.engine === 'ort-web-wasm';
  const layers = model?.layers ?? (isPicture(resolved) ? own.pictureLayers : 12);
  const launching = hardware.kind === 'cpu' ? own.cpuOverheadMs * (layers / 12) : own.layerHostMs * layers;
  const preparing = hardware.kind !== 'cpu' && isPipeline(resolved) ? own.fixedHostMs : 0;
  return ((launching + preparing) * (isCompiled ? 0.3 : 1) + batch * itemMilliseconds(resolved, own)) / 1000;
}

function itemMilliseconds(resolved: ResolvedWorkload, own: ForwardConstants): number {
  if (!isPipeline(resolved)) return 0;
  if (!isPicture(resolved)) return own.textItemMs;
  return resolved.model?.kind === 'detection' ? own.detectionItemMs : own.pictureItemMs;
}

/** Texts and files go in, rather than tensors that other code has prepared. */
function isPipeline({ workload: { engine } }: ResolvedWorkload): boolean {
  return engine === undefined || engine === 'hf' || engine === 'sentence-transformers';
}

function isPicture({ model, workload }: ResolvedWorkload): boolean {
  return workload.kind === 'vision' || model?.kind === 'vision' || model?.kind === 'detection';
}

/** Encoder over 30 s of sound (1,500 frames), then text token by token by the decoder: half of the parameters where not known better. */
export function speechPhysics(resolved: ResolvedWorkload, numerics: Numerics): Physics {
  const design = findArchitecture(resolved.model?.id ?? resolved.workload.model?.id);
  const inDecoder = resolved.parameters * (design.decoderShare ?? 0.5);
  const inEncoder = resolved.parameters - inDecoder;
  const encoder = forwardPhysics({ ...resolved, parameters: inEncoder }, numerics, 2 * inEncoder * 1500);
  const { model } = resolved;
  const decoder = generationPhysics(
    {
      ...resolved,
      model: model && design.decoderLayers !== undefined ? { ...model, layers: design.decoderLayers } : model,
      parameters: inDecoder,
      activeParameters: inDecoder,
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
