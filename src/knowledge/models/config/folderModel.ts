import type { ModelFacts, ModelKind } from '../../../energy/modelFacts.ts';
import { findModel } from '../findModel.ts';
import { GENERATIVE } from '../openModels.ts';
import { ConfigReader } from './configReader.ts';
import { type StoredWeights, storedWeights } from './storedWeights.ts';
import { transformersModel } from './transformersModel.ts';

/** Files of a model's folder, parsed; absent ones are left out. */
export interface ModelFolder {
  /** `config.json` of transformers. */
  readonly config?: unknown;
  /** `adapter_config.json` of peft. */
  readonly adapter?: unknown;
  /** `modules.json` of sentence-transformers. */
  readonly modules?: unknown;
  /** `model_index.json` of diffusers. */
  readonly pipeline?: unknown;
  /** Bytes of all weight files together; of a diffusers pipeline those of the denoising network. */
  readonly weightBytes?: number;
}

/** Pipelines by what they usually hold; the weights tell the rest. */
const PIPELINES: readonly (readonly [RegExp, string])[] = [
  [/^(?:StableDiffusionXL|Kolors)/, 'stabilityai/stable-diffusion-xl-base-1.0'],
  [/^StableDiffusion3/, 'stabilityai/stable-diffusion-3-medium-diffusers'],
  [/^Flux/, 'black-forest-labs/FLUX.1-dev'],
  [/^PixArt/, 'PixArt-alpha/PixArt-Sigma-XL-2-1024-MS'],
  [/^StableDiffusion/, 'stable-diffusion-v1-5/stable-diffusion-v1-5'],
];

/** Facts of a model from the files of its folder; `undefined` where they say nothing of its size. `id` is the path as written. */
export function folderModel(id: string, folder: ModelFolder): ModelFacts | undefined {
  return adapted(id, folder) ?? pipelined(id, folder) ?? configured(id, folder);
}

/** Low-rank adapters: the base model is what computes. */
function adapted(id: string, { adapter, config }: ModelFolder): ModelFacts | undefined {
  const base = new ConfigReader(adapter).text('base_model_name_or_path');
  if (base === undefined || config !== undefined) return undefined;
  const model = findModel(base);
  return model && { ...model, id, basis: 'config', source: `adapter_config.json: base model ${base}; ${model.source}` };
}

function pipelined(id: string, { pipeline, weightBytes }: ModelFolder): ModelFacts | undefined {
  const name = new ConfigReader(pipeline).text('_class_name');
  if (name === undefined) return undefined;
  const usual = PIPELINES.find(([pattern]) => pattern.test(name))?.[1];
  const model = usual === undefined ? undefined : findModel(usual);
  const counted = weightBytes === undefined ? undefined : Math.round(weightBytes / 2);
  if (!model && counted === undefined) return undefined;
  const parameters = model?.parameters ?? counted ?? 0;
  return {
    ...(model ?? { kind: 'diffusion', isGenerative: false, activeParameters: parameters }),
    id,
    parameters,
    basis: 'config',
    isVerified: false,
    source: model
      ? `model_index.json: ${name}, as ${model.id}`
      : `model_index.json: ${name}; size from its weight files`,
  };
}

function configured(id: string, { config, modules, weightBytes }: ModelFolder): ModelFacts | undefined {
  const model = transformersModel(config);
  if (!model) return undefined;
  const reader = new ConfigReader(config);
  const stored = storedWeights(reader);
  const { size } = model;
  const parameters = size?.parameters ?? countOf(weightBytes, stored);
  if (parameters === undefined) return undefined;
  const kind: ModelKind = Array.isArray(modules) ? 'embedding' : model.kind;
  return {
    id,
    kind,
    ...size,
    parameters,
    activeParameters: size?.activeParameters ?? parameters,
    isGenerative: GENERATIVE.has(kind),
    ...stored,
    basis: 'config',
    isVerified: size !== undefined,
    source: size
      ? 'config.json, parameters counted from its sizes'
      : 'config.json, parameters counted from its weight files',
  };
}

function countOf(bytes: number | undefined, { storedFormat, bitsPerWeight }: StoredWeights): number | undefined {
  if (bytes === undefined || bytes <= 0) return undefined;
  const bits = bitsPerWeight ?? (storedFormat === 'fp16' || storedFormat === 'bf16' ? 16 : 32);
  return Math.round((bytes * 8) / bits);
}
