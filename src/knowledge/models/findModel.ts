import type { ModelFacts, ModelKind } from '../../energy/modelFacts.ts';
import { nearestNames } from '../nearestNames.ts';
import { findHostedModel } from './findHostedModel.ts';
import { type NormalisedModelId, normaliseModelId } from './normaliseModelId.ts';
import { GENERATIVE, modelAliases, openModels } from './openModels.ts';
import { sizeInName } from './sizeInName.ts';

const byName = new Map<string, ModelFacts>();
const byBase = new Map<string, ModelFacts>();
const byFamily = new Map<string, ModelFacts>();
for (const model of openModels) {
  const { name, base, family } = normaliseModelId(model.id);
  if (!byName.has(name)) byName.set(name, model);
  if (!byBase.has(base)) byBase.set(base, model);
  // Without a size in it a family's name says too little: `arctic-embed-m-v2.0` is another network than `arctic-embed-m`.
  if (!byFamily.has(family) && sizeInName(family)) byFamily.set(family, model);
}
const byId = new Map(openModels.map((model) => [model.id, model]));

/** Facts of a model by hub id, mirror, GGUF file, Ollama tag or hosted name; where the catalogue has none, the size in the name. */
export function findModel(id: string): ModelFacts | undefined {
  const wanted = normaliseModelId(id);
  const known = inCatalogue(wanted);
  if (known) return withMarks(known, wanted);
  const hosted = findHostedModel(id);
  if (hosted) return hosted;
  const size = sizeInName(wanted.name);
  if (!size) return undefined;
  const base = namedBase(wanted.name, size.parameters);
  if (base) return withMarks({ ...base, id, isVerified: false, source: `${base.id}, which the name contains` }, wanted);
  const kind = kindInName(wanted.name);
  return withMarks(
    {
      id,
      kind,
      ...size,
      isGenerative: GENERATIVE.has(kind),
      basis: 'size-in-name',
      source: 'the size that the name states',
    },
    wanted,
  );
}

function inCatalogue({ name, base, family }: NormalisedModelId): ModelFacts | undefined {
  const found = byName.get(name);
  if (found) return found;
  const alias = aliasOf(name) ?? aliasOf(base);
  if (alias !== undefined) return byId.get(alias);
  return byBase.get(base) ?? byFamily.get(family);
}

function aliasOf(name: string): string | undefined {
  return Object.hasOwn(modelAliases, name) ? modelAliases[name] : undefined;
}

/** Fine-tunes are often called after what they were made of: `Hermes-2-Pro-Mistral-7B`, `dolphin-2.9-llama-3.1-8b`. */
function namedBase(name: string, parameters: number): ModelFacts | undefined {
  const parts = baseForm(name).split('-');
  for (let length = Math.min(parts.length - 1, 4); length >= 2; length -= 1) {
    for (let start = 0; start + length <= parts.length; start += 1) {
      const piece = parts.slice(start, start + length).join('-');
      const model = byBase.get(piece) ?? byFamily.get(piece);
      if (model && GENERATIVE.has(model.kind) && Math.abs(Math.log(model.parameters / parameters)) < 0.2) return model;
    }
  }
  return undefined;
}

function baseForm(name: string): string {
  return name.replace(/_/g, '-').replace(/(^|-)llama-?(\d)/g, '$1llama-$2');
}

/** Catalogue ids like `id`, for an error message. */
export function nearestModels(id: string): string[] {
  return nearestNames(
    normaliseModelId(id).name,
    openModels.map((model) => model.id.replace(/^.*\//, '')),
  );
}

function withMarks(model: ModelFacts, marks: NormalisedModelId): ModelFacts {
  return {
    ...model,
    ...(marks.format === undefined ? {} : { storedFormat: marks.format }),
    ...(marks.quantisation === undefined ? {} : { quantisation: marks.quantisation }),
    ...(marks.scheme === undefined ? {} : { scheme: marks.scheme }),
    ...(marks.bitsPerWeight === undefined ? {} : { bitsPerWeight: marks.bitsPerWeight }),
  };
}

function kindInName(name: string): ModelKind {
  if (/whisper|wav2vec|hubert|parakeet|speech|tts/.test(name)) return 'speech';
  if (/rerank|cross-encoder/.test(name)) return 'reranker';
  if (/embed|(?:^|[-_])(?:bge|gte|e5|minilm)(?:[-_]|$)/.test(name)) return 'embedding';
  if (/diffusion|sdxl|flux|pixart/.test(name)) return 'diffusion';
  if (/(?:^|[-_])(?:vit|clip|siglip|dinov|resnet|convnext|swin)/.test(name)) return 'vision';
  if (/t5|bart|pegasus|nllb|opus-mt|m2m100/.test(name)) return 'seq2seq';
  if (/bert|electra|deberta/.test(name)) return 'encoder';
  if (/vl(?:[-_]|$)|vision|llava/.test(name)) return 'multimodal';
  return 'llm';
}
