import type { HardwareFacts } from '../../src/core/semantics/environment.ts';
import type { NumberFormat, QuantMethod } from '../../src/energy/workload.ts';

/** A way of quantising that lowers the energy of this model on this hardware. */
export interface Method {
  readonly name: string;
  readonly quantMethod: QuantMethod;
  readonly format: NumberFormat;
  /** Measured pairs show that it saves; otherwise only the memory traffic says so. */
  readonly isMeasured: boolean;
}

/** Below this NF4 costs energy instead of saving it (EcoCompute 2025: +12 to +29 % at 1 to 3 B, -8 to -35 % at 6 to 7 B). */
const SMALLEST_FOR_NF4 = 6e9;
const SMALLEST_FOR_OTHERS = 3e9;

/** What pays for a language model of `parameters` under a loading library; `undefined` where nothing is sure to. */
export function payingMethod(
  library: 'transformers' | 'vllm' | 'llama_cpp',
  parameters: number,
  hardware: HardwareFacts,
): Method | undefined {
  if (parameters < SMALLEST_FOR_OTHERS) return undefined;
  if (library === 'llama_cpp') return { name: 'a Q4_K_M file', quantMethod: 'gguf', format: 'int4', isMeasured: true };
  if (library === 'vllm') {
    return hardware.kind === 'gpu'
      ? { name: 'an AWQ checkpoint', quantMethod: 'awq', format: 'int4', isMeasured: false }
      : undefined;
  }
  if (hardware.kind !== 'gpu')
    return { name: 'a 4-bit GGUF file under llama.cpp', quantMethod: 'gguf', format: 'int4', isMeasured: true };
  return parameters >= SMALLEST_FOR_NF4
    ? { name: '4-bit NF4 weights', quantMethod: 'nf4', format: 'int4', isMeasured: true }
    : undefined;
}
