import type { ModelFacts, ModelKind } from '../../../energy/modelFacts.ts';
import type { NumberFormat, QuantMethod } from '../../../energy/workload.ts';
import { findModel } from '../findModel.ts';
import { GENERATIVE } from '../openModels.ts';
import { ConfigReader } from './configReader.ts';
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
const FORMATS: Readonly<Record<string, NumberFormat>> = {
  float32: 'fp32',
  float16: 'fp16',
  bfloat16: 'bf16',
  float8_e4m3fn: 'fp8',
};

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
  const stored = storedAs(reader);
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

interface Stored {
  readonly storedFormat?: NumberFormat;
  readonly quantisation?: QuantMethod;
  readonly bitsPerWeight?: number;
}

function storedAs(config: ConfigReader): Stored {
  const dtype = (config.text('torch_dtype') ?? config.text('dtype'))?.replace(/^torch\./, '');
  const format = dtype !== undefined && Object.hasOwn(FORMATS, dtype) ? FORMATS[dtype] : undefined;
  const plain = format === undefined ? {} : { storedFormat: format };
  const quantised = config.part('quantization_config');
  const bits = quantised?.count('bits', 'w_bit', 'num_bits') ?? (quantised?.flag('load_in_4bit') === true ? 4 : 8);
  switch (quantised?.text('quant_method')) {
    case 'gptq':
    case 'awq':
      return {
        storedFormat: bits > 4 ? 'int8' : 'int4',
        quantisation: quantised.text('quant_method') === 'awq' ? 'awq' : 'gptq',
        bitsPerWeight: bits + 0.25,
      };
    case 'bitsandbytes':
      return bits <= 4
        ? { storedFormat: 'int4', quantisation: 'nf4', bitsPerWeight: 4.5 }
        : { storedFormat: 'int8', quantisation: 'llm.int8', bitsPerWeight: 8.25 };
    case 'fp8':
    case 'fbgemm_fp8':
      return { storedFormat: 'fp8', quantisation: 'fp8', bitsPerWeight: 8 };
    case 'torchao':
      return { ...plain, quantisation: 'torchao' };
    case 'mxfp4':
      return { storedFormat: 'int4', bitsPerWeight: 4.25 };
    default:
      return plain;
  }
}

function countOf(bytes: number | undefined, { storedFormat, bitsPerWeight }: Stored): number | undefined {
  if (bytes === undefined || bytes <= 0) return undefined;
  const bits = bitsPerWeight ?? (storedFormat === 'fp16' || storedFormat === 'bf16' ? 16 : 32);
  return Math.round((bytes * 8) / bits);
}
