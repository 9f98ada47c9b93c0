import { bytesPerWeight } from './peakFor.ts';
import type { Hardware } from './profile.ts';
import type { NumberFormat } from './workload.ts';

/** Share of the memory that weights can take; the rest holds cache, activations and the runtime. */
const USABLE = 0.95;
const SMALLER: readonly NumberFormat[] = ['bf16', 'int8', 'int4'];

/** Up to this excess the host's memory can take the rest (slowly); beyond it the combination is called impossible. */
const OFFLOADABLE = 1.75;

export interface MemoryProblem {
  readonly message: string;
  readonly isImpossible: boolean;
}

/** Why weights do not fit into the accelerators' memory and what would; undefined where they fit or the memory is not known. */
export function memoryProblem(
  parameters: number,
  weightBytes: number,
  hardware: Hardware,
  devices: number,
): MemoryProblem | undefined {
  if (hardware.kind !== 'gpu') return undefined;
  const need = (parameters * weightBytes) / 1e9;
  const have = hardware.memoryGb * devices;
  if (need <= have * USABLE) return undefined;
  const fits = SMALLER.filter(
    (format) => bytesPerWeight(format) < weightBytes && (parameters * bytesPerWeight(format)) / 1e9 <= have * USABLE,
  );
  const count = Math.ceil(need / (hardware.memoryGb * USABLE));
  const options = [
    ...(fits[0] === undefined
      ? []
      : [`${fits[0]} weights (${gigabytes((parameters * bytesPerWeight(fits[0])) / 1e9)})`]),
    `${count} × ${hardware.device}`,
    `a model of at most ${gigabillions((have * USABLE) / weightBytes)} parameters`,
  ];
  return {
    isImpossible: need > have * OFFLOADABLE,
    message: `does not fit: the weights need ${gigabytes(need)}, ${devices} × ${hardware.device} has ${gigabytes(have)}, of which weights can take ${gigabytes(have * USABLE)}; what would fit: ${options.join(', or ')}`,
  };
}

function gigabytes(value: number): string {
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} GB`;
}

function gigabillions(billions: number): string {
  return `${billions < 10 ? billions.toFixed(1) : Math.floor(billions)} billion`;
}
