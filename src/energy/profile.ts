/** Where the code runs and how much: the profile in force. Built-in profiles come from the knowledge data; users write theirs in `.green-ai/hardware.json`. */
export interface Profile {
  readonly id: string;
  readonly name: string;
  readonly hardware: Hardware;
  readonly site: Site;
  readonly workload: StatedWorkload;
  /** The user stated `workload.concurrency`. */
  readonly isConcurrencyStated?: boolean;
  /** Provenance of the figures, and what was assumed. */
  readonly source: string;
}

export interface Hardware {
  readonly kind: 'cpu' | 'gpu' | 'mps';
  /** Catalogue name: `NVIDIA A100 SXM 80GB`. */
  readonly device: string;
  readonly count: number;
  readonly tdpWatts: number;
  readonly idleWatts?: number;
  readonly memoryGb: number;
  readonly bandwidthGbs: number;
  /** Dense peak in TFLOP/s per format, without sparsity. */
  readonly peakTflops: Readonly<Partial<Record<'fp32' | 'tf32' | 'bf16' | 'fp16' | 'fp8' | 'int8' | 'int4', number>>>;
  /** Wall power of the host per watt of device power. */
  readonly hostFactor: number;
  /** What the energy model was measured on: this device, its kin, or nothing like it. Absent: not known. */
  readonly evidence?: DeviceEvidence;
}

export type DeviceEvidence = 'measured' | 'kin' | 'none' | 'integrated';

export interface Site {
  readonly region: string;
  readonly gramsPerKwh: number;
  readonly gridYear: number;
  readonly pue: number;
  readonly usdPerKwh: number;
  /** Embodied carbon of the device, kg CO2e, written off over `lifetimeYears`. */
  readonly embodiedKg: number;
  readonly lifetimeYears: number;
  /** Figures that nobody stated and that a place decides: an average stands in, and the interval is wider. */
  readonly assumed?: readonly AssumedFigure[];
}

export type AssumedFigure = 'grid' | 'pue' | 'price';

/** How much work a year. The defaults are stated wherever a number is shown. */
export interface StatedWorkload {
  readonly requestsPerYear: number;
  readonly itemsPerYear: number;
  readonly runsPerYear: number;
  readonly rendersPerYear: number;
  /** Requests answered together; 1 when not stated. */
  readonly concurrency: number;
}
