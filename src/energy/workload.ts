/** The rules' language towards the energy model: what runs, and what the advice changes. A rule never contains a watt-hour. */

export type NumberFormat = 'fp64' | 'fp32' | 'tf32' | 'bf16' | 'fp16' | 'fp8' | 'int8' | 'int4';

/** How weights are quantised. `none`: they are in `format`, whatever the model's id says. */
export type QuantMethod =
  | 'none'
  | 'gguf'
  | 'gptq'
  | 'awq'
  | 'nf4'
  | 'llm.int8'
  | 'torchao'
  | 'onnx-int8'
  | 'onnx-int4'
  | 'fp8';

export type EngineClass =
  | 'hf'
  | 'vllm'
  | 'llama.cpp'
  | 'sentence-transformers'
  | 'diffusers'
  | 'torch'
  | 'keras'
  | 'onnxruntime'
  | 'ort-web-wasm'
  | 'ort-web-webgpu'
  | 'tfjs'
  | 'sklearn'
  | 'gbdt'
  | 'pandas'
  | 'hosted';

export type WorkloadKind =
  | 'generate'
  | 'encode'
  | 'vision'
  | 'speech'
  | 'diffusion'
  | 'train'
  | 'classical-fit'
  | 'classical-predict'
  | 'load-model'
  | 'read-data'
  | 'hosted-call';

/** Classical learners by how their work grows with rows, features and estimators. */
export type Learner = 'forest' | 'boosting' | 'histogram-boosting' | 'linear' | 'kernel' | 'neighbours' | 'clustering';

/** What one unit of work is; the profile's stated workload says how many a year. */
export type WorkUnit = 'request' | 'item' | 'run' | 'epoch' | 'render';

/** What runs, once per `unit`. Absent fields are unknown: the model takes a stated default and widens its interval. */
export interface Workload {
  readonly kind: WorkloadKind;
  readonly unit: WorkUnit;
  readonly model?: ModelReference;
  readonly engine?: EngineClass;
  /** Version of the engine where known (`0.5.4`). */
  readonly engineVersion?: string;
  readonly format?: NumberFormat;
  readonly quantMethod?: QuantMethod;
  /** Device that the code names; absent: the profile's. */
  readonly device?: 'cpu' | 'gpu';
  /** Sequences or items computed together. */
  readonly batch?: number;
  readonly inputTokens?: number;
  readonly outputTokens?: number;
  /** Denoising steps, for `diffusion`. */
  readonly steps?: number;
  /** Pixels of the picture in units of 2^20, and frames of a video, for `diffusion`. */
  readonly megapixels?: number;
  readonly frames?: number;
  /** Hosted calls: share of the prompt that the provider's cache holds, 0 to 1. */
  readonly cachedInputShare?: number;
  /** How many times the model is loaded per unit: 1 when loaded in a handler, 0 when kept. */
  readonly loadsPerUnit?: number;
  /** How many times the same data are read per unit, and how many bytes that is. */
  readonly readsPerUnit?: number;
  readonly bytesPerRead?: number;
  /** How often the same computation runs per unit. */
  readonly repeats?: number;
  /** Samples and epochs of a training run. */
  readonly samples?: number;
  readonly epochs?: number;
  /** Classical learners: what kind, features per row, and trees, boosting rounds or clusters. */
  readonly learner?: Learner;
  readonly features?: number;
  readonly estimators?: number;
  /** Activations are kept for a backward pass that never comes. */
  readonly recordsGradients?: boolean;
  /** Devices that share the work (tensor parallel); absent: the profile's count. */
  readonly devices?: number;
  /** Training with activation (gradient) checkpointing. */
  readonly gradientCheckpointing?: boolean;
  /** Only low-rank adapters are trained. */
  readonly lora?: boolean;
  /** `torch.compile` or an equivalent graph compiler. */
  readonly compiled?: boolean;
  /** Fused attention (SDPA, FlashAttention) instead of the eager one. */
  readonly fusedAttention?: boolean;
  /** `false`: generation without the key-value cache. */
  readonly kvCache?: boolean;
  readonly speculativeDecoding?: boolean;
  /** GPU power limit as a share of TDP. */
  readonly powerLimitShare?: number;
}

export interface ModelReference {
  /** Hub id, hosted-model name or path, as written. */
  readonly id?: string;
  /** Count of parameters (7e9), where the rule knows it from the code. */
  readonly parameters?: number;
  readonly activeParameters?: number;
}

/** `after` holds only what the advice changes. */
export interface WorkloadChange {
  readonly before: Workload;
  readonly after: Partial<Workload>;
  /** What the advice gives besides energy, to be said when the energy effect is small: memory, latency, money. */
  readonly alsoSaves?: readonly OtherBenefit[];
}

export type OtherBenefit = 'memory' | 'latency' | 'money' | 'network';
