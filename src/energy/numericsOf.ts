import { type Effect, type EffectContext, findEffect } from '../knowledge/effects/findEffect.ts';
import { bytesPerWeight, peakFor } from './peakFor.ts';
import type { ResolvedWorkload } from './resolveWorkload.ts';
import type { NumberFormat, QuantMethod } from './workload.ts';

/** How the arithmetic and the memory traffic of a workload are modelled, and what measured ratios come on top. */
export interface Numerics {
  /** Format of the arithmetic and, unless `weightBytes` is given, of the weights. */
  readonly format: NumberFormat;
  readonly weightBytes?: number;
  readonly effects: readonly Effect[];
  /** Quantised by a method that is not known: widen. */
  readonly methodUnknown: boolean;
}

const BYTES_OF_BITS = 1 / 8;
/** Q4_K_M, which nearly every collection of GGUF files holds and tools take where nobody chooses. */
export const USUAL_GGUF_BITS = 4.85;
/** llama.cpp's usual choices: Q4_K_M and Q8_0 (bits per weight, scales included). */
const GGUF_BITS: Readonly<Partial<Record<NumberFormat, number>>> = {
  int4: USUAL_GGUF_BITS,
  int8: 8.5,
  fp16: 16,
  bf16: 16,
  fp32: 32,
};

/** Splits a workload into physics (a format) and measured effects (ratios against the same job in that format). */
export function numericsOf(resolved: ResolvedWorkload): Numerics {
  const context = contextOf(resolved);
  const effects = techniqueFeatures(resolved).flatMap((feature) => findEffect(feature, context) ?? []);
  const method = quantMethodOf(resolved);
  const half = halfFormat(resolved);
  const withEffect = (feature: string): Effect[] => {
    const effect = findEffect(feature, context);
    return effect ? [...effects, effect] : effects;
  };
  switch (method) {
    case 'gguf': {
      const stated = resolved.workload.format;
      const bits = (stated === undefined ? resolved.model?.bitsPerWeight : GGUF_BITS[stated]) ?? USUAL_GGUF_BITS;
      return { format: half, weightBytes: bits * BYTES_OF_BITS, effects, methodUnknown: false };
    }
    case 'gptq':
    case 'awq': {
      // The ratios were measured on four bits.
      const bits = bitsOf(resolved);
      if (bits !== undefined && Math.abs(bits - 4) > 1)
        return { format: half, weightBytes: bits * BYTES_OF_BITS, effects, methodUnknown: true };
      return { format: half, effects: withEffect(method), methodUnknown: false };
    }
    case 'nf4':
    case 'llm.int8':
    case 'torchao':
      return { format: half, effects: withEffect(method), methodUnknown: false };
    case 'fp8':
      return fp8Numerics(resolved, half, effects, withEffect);
    case 'onnx-int8':
    case 'onnx-int4':
      return { format: 'fp32', effects: withEffect(method), methodUnknown: false };
    case 'none':
    case undefined:
      break;
  }
  if (resolved.format === 'fp8') return fp8Numerics(resolved, half, effects, withEffect);
  if ((resolved.format === 'int8' || resolved.format === 'int4') && resolved.workload.engine === 'llama.cpp') {
    return {
      format: half,
      weightBytes: (statedBits(resolved) ?? GGUF_BITS[resolved.format] ?? USUAL_GGUF_BITS) * BYTES_OF_BITS,
      effects,
      methodUnknown: resolved.model?.scheme !== undefined && resolved.workload.format === undefined,
    };
  }
  // Weights that are published in 4 or 8 bits (MXFP4, MLC), not made so by the code.
  const isPublished = resolved.workload.format === undefined || resolved.format === resolved.model?.storedFormat;
  if (isPublished && (resolved.format === 'int8' || resolved.format === 'int4')) {
    const bits = resolved.model?.bitsPerWeight;
    const weightBytes = bits === undefined ? bytesPerWeight(resolved.format) : bits * BYTES_OF_BITS;
    return { format: half, weightBytes, effects, methodUnknown: resolved.model?.scheme !== undefined };
  }
  // In transformers 8 or 4 bit without a method is bitsandbytes.
  if ((resolved.format === 'int8' || resolved.format === 'int4') && resolved.workload.engine === 'hf') {
    return { format: half, effects: withEffect(resolved.format === 'int8' ? 'llm.int8' : 'nf4'), methodUnknown: true };
  }
  // Servers run 4-bit weights made by GPTQ or AWQ, which save little in large batches.
  if (resolved.format === 'int4' && resolved.workload.engine === 'vllm')
    return { format: half, effects: withEffect('gptq'), methodUnknown: true };
  if (resolved.format === 'int8' || resolved.format === 'int4') {
    return { format: half, weightBytes: resolved.format === 'int8' ? 1.06 : 0.61, effects, methodUnknown: true };
  }
  const isHalf = resolved.format === 'bf16' || resolved.format === 'fp16';
  // llama.cpp reads 16-bit weights and computes in 32 bit: half the bytes, no emulated arithmetic.
  if (isHalf && resolved.hardware.kind === 'cpu' && resolved.workload.engine === 'llama.cpp')
    return { format: half, weightBytes: 2, effects, methodUnknown: false };
  if (
    isHalf &&
    resolved.hardware.kind === 'cpu' &&
    peakFor(resolved.hardware, resolved.format) <= peakFor(resolved.hardware, 'fp32')
  ) {
    return {
      format: 'fp32',
      effects: withEffect(resolved.format === 'fp16' ? 'fp16-on-cpu' : 'half-on-cpu'),
      methodUnknown: false,
    };
  }
  return { format: resolved.format, effects, methodUnknown: false };
}

/** Bits per weight that the checkpoint's id states, where the code does not state a format. */
function statedBits({ workload, model }: ResolvedWorkload): number | undefined {
  return workload.format === undefined ? model?.bitsPerWeight : undefined;
}

/** The same, or the bits of the stated format where it is one of whole numbers. */
function bitsOf(resolved: ResolvedWorkload): number | undefined {
  return resolved.workload.format === 'int8' ? 8.25 : statedBits(resolved);
}

/** The method that the code names, or that the id of the checkpoint does. */
export function quantMethodOf({ workload, model }: ResolvedWorkload): QuantMethod | undefined {
  return workload.quantMethod ?? (workload.format === undefined ? model?.quantisation : undefined);
}

/** One byte per weight; devices without FP8 units convert on the fly, at a cost that differs by kernel. */
function fp8Numerics(
  { hardware }: ResolvedWorkload,
  half: NumberFormat,
  effects: readonly Effect[],
  withEffect: (feature: string) => Effect[],
): Numerics {
  if (hardware.peakTflops.fp8 !== undefined) return { format: 'fp8', weightBytes: 1, effects, methodUnknown: false };
  return { format: half, weightBytes: 1, effects: withEffect('fp8'), methodUnknown: false };
}

function halfFormat(resolved: ResolvedWorkload): NumberFormat {
  const peaks = resolved.hardware.peakTflops;
  if (peaks.bf16 !== undefined) return 'bf16';
  return peaks.fp16 !== undefined ? 'fp16' : 'fp32';
}

function techniqueFeatures(resolved: ResolvedWorkload): string[] {
  const { workload } = resolved;
  const features: string[] = [];
  if (workload.kind === 'train' && workload.gradientCheckpointing === true) features.push('gradient-checkpointing');
  if (workload.compiled === true) features.push('compile');
  if (workload.fusedAttention === true) features.push('fused-attention');
  if (workload.kvCache === false && workload.kind === 'generate') features.push('no-kv-cache');
  if (workload.speculativeDecoding === true && workload.kind === 'generate') features.push('speculative');
  if (workload.powerLimitShare !== undefined && workload.powerLimitShare < 0.9) features.push('power-limit');
  return features;
}

function contextOf(resolved: ResolvedWorkload): EffectContext {
  return {
    kind: resolved.workload.kind,
    parameters: resolved.parameters,
    batch: resolved.batch,
    memoryGb: resolved.hardware.memoryGb,
    contextTokens: resolved.inputTokens + resolved.outputTokens,
    powerLimitShare: resolved.workload.powerLimitShare ?? 1,
    tdpWatts: resolved.hardware.tdpWatts,
    formats: Object.keys(resolved.hardware.peakTflops),
  };
}
