import { numericsOf, quantMethodOf } from './numericsOf.ts';
import { bytesPerWeight } from './peakFor.ts';
import type { ResolvedWorkload } from './resolveWorkload.ts';

/**
 * Bytes that one weight takes in the accelerators' memory. What a quantisation method does to energy is a measured ratio on top of 16
 * bits; its weights are small all the same.
 */
export function weightBytesInMemory(resolved: ResolvedWorkload): number {
  const numerics = numericsOf(resolved);
  if (numerics.weightBytes !== undefined) return numerics.weightBytes;
  const { workload, model } = resolved;
  const bits = workload.format === undefined ? model?.bitsPerWeight : undefined;
  switch (quantMethodOf(resolved)) {
    case 'gptq':
    case 'awq':
    case 'nf4':
    case 'onnx-int4':
      return bits === undefined ? bytesPerWeight(workload.format === 'int8' ? 'int8' : 'int4') : bits / 8;
    case 'llm.int8':
    case 'onnx-int8':
    case 'torchao':
      return bytesPerWeight(workload.format === 'int4' ? 'int4' : 'int8');
    default:
      return bytesPerWeight(numerics.effects.length > 0 ? resolved.format : numerics.format);
  }
}
