import type { NumberFormat, QuantMethod } from './workload.ts';

export type ModelKind =
  | 'llm'
  | 'encoder'
  | 'embedding'
  | 'reranker'
  | 'seq2seq'
  | 'vision'
  | 'detection'
  | 'speech'
  | 'diffusion'
  | 'multimodal'
  | 'hosted';

/** What is known of a model. `parameters` are counts (7e9); absent fields are unknown. */
export interface ModelFacts {
  /** Canonical hub id or hosted-model name. */
  readonly id: string;
  readonly kind: ModelKind;
  readonly parameters: number;
  /** Parameters used per token; equal to `parameters` unless a mixture of experts. */
  readonly activeParameters: number;
  /** Only one of `parameters` and `activeParameters` is known; the other is what is usual beside it. */
  readonly isMixtureAssumed?: boolean;
  readonly isGenerative: boolean;
  /** Format of the published weights, where known. */
  readonly storedFormat?: NumberFormat;
  /** Quantisation that the id as written names (`-AWQ`, `-bnb-4bit`). */
  readonly quantisation?: QuantMethod;
  /** Another way of quantising that the id names, of which nobody measured the energy (`EXL2`, `AQLM`). */
  readonly scheme?: string;
  /** Average bits per weight of that quantisation, where the id tells. */
  readonly bitsPerWeight?: number;
  /** Routed experts of a mixture, and how many of them work on a token. */
  readonly experts?: number;
  readonly expertsPerToken?: number;
  readonly layers?: number;
  readonly hidden?: number;
  readonly heads?: number;
  readonly kvHeads?: number;
  /** Where it is not hidden / heads. */
  readonly headSize?: number;
  /** 10^9 floating-point operations of one forward pass at the native image size. */
  readonly gflopsPerItem?: number;
  /** 10^6 elements that the layers of a picture network put out in one forward pass at the native image size. */
  readonly activations?: number;
  /** Diffusion: latent positions per megapixel (2^20 pixels) and frame, passes per step (2 with classifier-free guidance). */
  readonly tokensPerMegapixel?: number;
  readonly passesPerStep?: number;
  /** Diffusion by a convolutional UNet rather than a transformer. */
  readonly unet?: boolean;
  /** Context window in tokens. */
  readonly context?: number;
  readonly family?: string;
  /** Models of one group do the same job in different sizes. */
  readonly group?: string;
  readonly task?: string;
  readonly licence?: string;
  readonly year?: number;
  /** The figures were compared with a published table or file; absent or false: taken on trust. */
  readonly isVerified?: boolean;
  /** Emissions of the training in tonnes CO2e, location-based, where the model card states them. */
  readonly trainingTonnes?: number;
  /** Lowest and highest published device energy per request in Wh, over machines and batches. */
  readonly measuredWh?: readonly [low: number, high: number];
  /** `size-in-name`: only the parameter count is known, read from the id. `class`: hosted, a range and no more. `config`: read from the model's own folder. */
  readonly basis: 'catalogue' | 'config' | 'size-in-name' | 'class';
  readonly hosted?: HostedFacts;
  readonly source: string;
}

/** What is published of a hosted model: no size, so a class. */
export interface HostedFacts {
  readonly provider: string;
  readonly size: HostedSize;
  /** Thinks before it answers: always, where the request asks for it, or not as far as is known. */
  readonly reasoning: 'always' | 'optional' | 'no';
  /** Shortest prompt prefix in tokens that the provider caches, where it does. */
  readonly cacheMinimumTokens?: number;
  /** Day on which the provider stopped, or said that it would stop, answering (`2026-02-19`). */
  readonly retired?: string;
}

/** Rough classes by what is published about price, speed and rumoured size; nothing finer is known. */
export type HostedSize = 'nano' | 'small' | 'medium' | 'large' | 'reasoning' | 'embedding' | 'image' | 'speech';

/** Models in folders of the workspace, by the path as the code writes it. */
export type LocalModelFacts = Readonly<Record<string, ModelFacts>>;

/** Port to the model catalogue, so that the energy model stays free of data. */
export interface ModelCatalogue {
  find(id: string): ModelFacts | undefined;
}
