/** A device of the catalogue: accelerator or processor. Watts are board or package power (TDP); TFLOP/s are dense peaks. */
export interface CatalogueDevice {
  readonly name: string;
  readonly kind: 'cpu' | 'gpu' | 'mps';
  /** Decides host share and embodied carbon. */
  readonly class: 'dc' | 'ws' | 'consumer' | 'soc' | 'edge' | 'server' | 'desktop' | 'laptop' | 'integrated';
  readonly tdpWatts: number;
  readonly idleWatts?: number | undefined;
  readonly memoryGb: number;
  readonly bandwidthGbs: number;
  readonly peakTflops: Readonly<Partial<Record<PeakFormat, number>>>;
  readonly source: string;
}

/** Machines of people rather than of data centres: no building around them that cools. */
export function isPersonal({ class: kind }: Pick<CatalogueDevice, 'class'>): boolean {
  return (
    kind === 'consumer' ||
    kind === 'soc' ||
    kind === 'laptop' ||
    kind === 'desktop' ||
    kind === 'integrated' ||
    kind === 'edge'
  );
}

export type PeakFormat = 'fp32' | 'tf32' | 'bf16' | 'fp16' | 'fp8' | 'int8' | 'int4';
