import { bytesPerWeight } from './peakFor.ts';
import type { Hardware } from './profile.ts';
import type { NumberFormat } from './workload.ts';

/** Share of the memory that weights can take; the rest holds cache, activations and the runtime. */
const USABLE = 0.95;
const SMALLER: readonly NumberFormat[] = ['bf16', 'int8', 'int4'];

/**
 * Beyond this excess the combination is called impossible. Cards leave the rest to the host's memory, slowly; how much memory a processor
 * or an Apple chip has is a usual size, which machines exceed.
 */
const IMPOSSIBLE: Readonly<Record<Hardware['kind'], number>> = { gpu: 1.75, mps: 4, cpu: 8 };

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
  const need = (parameters * weightBytes) / 1e9;
  const have = hardware.memoryGb * devices;
  if (have <= 0 || need <= have * USABLE) return undefined;
  const fits = SMALLER.filter(
    (format) => bytesPerWeight(format) < weightBytes && (parameters * bytesPerWeight(format)) / 1e9 <= have * USABLE,
  );
  const options = [
    ...(fits[0] === undefined
      ? []
      : [`${fits[0]} weights (${gigabytes((parameters * bytesPerWeight(fits[0])) / 1e9)})`]),
    `${devicesFor(need, hardware)} × ${hardware.device}`,
    `a model of at most ${gigabillions((have * USABLE) / weightBytes)} parameters`,
  ];
  return {
    isImpossible: need > have * IMPOSSIBLE[hardware.kind],
    message: `does not fit: the weights need ${gigabytes(need)}, ${devices} × ${hardware.device} has ${hardware.kind === 'gpu' ? '' : 'usually '}${gigabytes(have)}, of which weights can take ${gigabytes(have * USABLE)}; what would fit: ${options.join(', or ')}`,
  };
}

/** Devices whose memory together holds so many gigabytes of weights. */
export function devicesFor(gigabytes: number, { memoryGb }: Hardware): number {
  return Math.ceil(gigabytes / (memoryGb * USABLE));
}

/** How many sequences' key-value caches fit beside the weights, at least one; undefined where the memory is not that of a card. */
export function sequencesThatFit(
  weightBytes: number,
  sequenceBytes: number,
  hardware: Hardware,
  devices: number,
): number | undefined {
  if (hardware.kind !== 'gpu' || hardware.memoryGb <= 0 || sequenceBytes <= 0) return undefined;
  return Math.max(1, Math.floor((hardware.memoryGb * devices * USABLE * 1e9 - weightBytes) / sequenceBytes));
}

function gigabytes(value: number): string {
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} GB`;
}

function gigabillions(billions: number): string {
  return `${billions < 10 ? billions.toFixed(1) : Math.floor(billions)} billion`;
}
