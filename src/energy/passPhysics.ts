import { findArchitecture } from '../knowledge/architectures/findArchitecture.ts';
import { constants } from './constants.ts';
import type { Numerics } from './numericsOf.ts';
import { bytesPerWeight, peakFor } from './peakFor.ts';
import type { ResolvedWorkload } from './resolveWorkload.ts';
import type { NumberFormat } from './workload.ts';

/** What inference and training of one network share: how fast it computes, and how much its layers hand on through memory. */
export type PassConstants = (typeof constants)['training']['pass'];

/** Seconds of `devices` for passes of so many operations in all: arithmetic, and the activations that layers write and read. */
export function passSeconds(
  resolved: ResolvedWorkload,
  numerics: Numerics,
  operations: number,
  devices: number,
  own: PassConstants,
): number {
  const { hardware } = resolved;
  const format = computedFormat(resolved, numerics.format);
  const rate = peakFor(hardware, format) * 1e12 * efficiencyOf(resolved, format, own);
  const bytes = operations * accessesPerOperation(resolved, own) * bytesPerWeight(numerics.format);
  return operations / (devices * rate) + bytes / (devices * hardware.bandwidthGbs * 1e9 * own.memoryEfficiency);
}

/**
 * PyTorch computes convolutions of 32-bit networks in TF32 where the device has it (`torch.backends.cudnn.allow_tf32` is true by
 * default), TensorFlow every matrix product (`enable_tensor_float_32_execution`).
 */
function computedFormat(resolved: ResolvedWorkload, format: NumberFormat): NumberFormat {
  if (format !== 'fp32' || resolved.hardware.peakTflops.tf32 === undefined) return format;
  const { engine } = resolved.workload;
  return engine === 'keras' || isConvolutional(resolved) ? 'tf32' : format;
}

function efficiencyOf(resolved: ResolvedWorkload, format: NumberFormat, own: PassConstants): number {
  if (isConvolutional(resolved)) return own.convolutionEfficiency;
  if (!usesTensorUnits(resolved, format)) return own.vectorEfficiency;
  // The faster the units, the less of them small products keep busy: the exponent is that of picture generation.
  const ofLarge = peakFor(resolved.hardware, format) / LARGE_PEAK_TFLOPS;
  return Math.min(own.tensorEfficiencyMost, own.tensorEfficiency * ofLarge ** -constants.diffusion.peakExponent);
}

/** NVIDIA H100 SXM in 16 bit, dense, on which `tensorEfficiency` is stated. */
const LARGE_PEAK_TFLOPS = 989;

/** The device has units of its own for the format, faster than those for 32 bit. */
function usesTensorUnits({ hardware }: ResolvedWorkload, format: NumberFormat): boolean {
  return format !== 'fp32' && format !== 'fp64' && peakFor(hardware, format) > 1.5 * peakFor(hardware, 'fp32');
}

/**
 * Elements written or read per operation. A layer of a transformer does 24 h² operations per token and passes on about 20 h elements;
 * an output of a convolution is written and read by normalisation, activation and the next layer.
 */
function accessesPerOperation(resolved: ResolvedWorkload, own: PassConstants): number {
  const { model } = resolved;
  if (!isConvolutional(resolved)) return own.transformerAccesses / (24 * (model?.hidden ?? USUAL_HIDDEN));
  const isKnown = model?.activations !== undefined && model.gflopsPerItem !== undefined;
  const outputs = isKnown ? (model.activations * 1e6) / (model.gflopsPerItem * 1e9) : USUAL_OUTPUTS;
  return own.convolutionAccesses * outputs;
}

/** Outputs per operation of ResNet-50: 11.11 million and 8.22 billion (timm). */
const USUAL_OUTPUTS = 0.00135;
const USUAL_HIDDEN = 768;

/** Pictures go through convolutions unless the design is known to be one of attention. */
function isConvolutional({ model, workload }: ResolvedWorkload): boolean {
  const isPicture = workload.kind === 'vision' || model?.kind === 'vision' || model?.kind === 'detection';
  return isPicture && findArchitecture(model?.id ?? workload.model?.id).transformer !== true;
}
