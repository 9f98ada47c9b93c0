import { quantMethodOf, USUAL_GGUF_BITS } from '../../energy/numericsOf.ts';
import type { ResolvedWorkload } from '../../energy/resolveWorkload.ts';

/** Beyond this distance from four bits the measured ratios of a method say nothing. */
const MEASURED_BITS = { middle: 4, width: 1 };

/** What the model's id says of its weights where no measurement stands behind it, or what it leaves open. */
export function storedAssumption(resolved: ResolvedWorkload): string | undefined {
  const { workload, model } = resolved;
  if (workload.format !== undefined || model === undefined) return undefined;
  const method = quantMethodOf(resolved);
  const { bitsPerWeight: bits, scheme } = model;
  if (method === 'gguf' && bits === undefined)
    return `Nothing says which GGUF file: Q4_K_M with ${USUAL_GGUF_BITS} bits per weight is assumed.`;
  if (bits === undefined) return undefined;
  const isFarOff = Math.abs(bits - MEASURED_BITS.middle) > MEASURED_BITS.width;
  const unmeasured =
    method === undefined
      ? scheme
      : (method === 'gptq' || method === 'awq') && isFarOff
        ? method.toUpperCase()
        : undefined;
  if (unmeasured === undefined) return undefined;
  return `The id says that weights are stored by ${unmeasured}, taken as ${bits} bits each with scales: memory and reads follow from that; the energy of its kernels has not been measured, the interval is wider.`;
}
