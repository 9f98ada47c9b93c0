import type { Hardware } from './profile.ts';
import type { NumberFormat } from './workload.ts';

/** Formats tried in turn where the device has no units of its own for one. */
const FALLBACK: Readonly<Record<NumberFormat, readonly (keyof Hardware['peakTflops'])[]>> = {
  fp64: ['fp32'],
  fp32: ['fp32'],
  tf32: ['tf32', 'fp32'],
  bf16: ['bf16', 'fp32'],
  fp16: ['fp16', 'fp32'],
  fp8: ['fp8', 'bf16', 'fp16', 'fp32'],
  int8: ['int8', 'bf16', 'fp16', 'fp32'],
  int4: ['bf16', 'fp16', 'fp32'],
};

/** Dense peak of one device in TFLOP/s for computing in `format`; emulated formats run at the speed of fp32. */
export function peakFor(hardware: Hardware, format: NumberFormat): number {
  for (const candidate of FALLBACK[format]) {
    const peak = hardware.peakTflops[candidate];
    if (peak !== undefined && peak > 0) return format === 'fp64' ? peak / 2 : peak;
  }
  return 1;
}

/** Bytes that one weight takes in memory. Quantised formats carry scales and leave some layers in 16 bit. */
export function bytesPerWeight(format: NumberFormat): number {
  switch (format) {
    case 'fp64':
      return 8;
    case 'fp32':
    case 'tf32':
      return 4;
    case 'bf16':
    case 'fp16':
      return 2;
    case 'fp8':
      return 1;
    case 'int8':
      return 1.06;
    case 'int4':
      return 0.61;
  }
}
