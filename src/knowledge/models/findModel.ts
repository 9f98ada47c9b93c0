import type { ModelFacts, ModelKind } from '../../energy/modelFacts.ts';
import type { NumberFormat } from '../../energy/workload.ts';
import { nearestNames } from '../nearestNames.ts';
import { findHostedModel } from './findHostedModel.ts';
import { type NormalisedModelId, normaliseModelId } from './normaliseModelId.ts';
import data from './openModels.json';
import { sizeInName } from './sizeInName.ts';

interface Row {
  readonly id: string;
  readonly kind: ModelKind;
  readonly billions: number;
  readonly activeBillions?: number;
  readonly experts?: number;
  readonly expertsPerToken?: number;
  readonly layers?: number;
  readonly hidden?: number;
  readonly heads?: number;
  readonly kvHeads?: number;
  readonly headSize?: number;
  readonly gflops?: number;
  readonly tokensPerMegapixel?: number;
  readonly passesPerStep?: number;
  readonly unet?: boolean;
  readonly format: NumberFormat;
  readonly context?: number;
  readonly group: string;
  readonly task: string;
  readonly licence: string;
  readonly year: number;
}

const GENERATIVE: ReadonlySet<ModelKind> = new Set(['llm', 'seq2seq', 'multimodal', 'hosted']);

/** Every open model of the catalogue. */
export const openModels: readonly ModelFacts[] = (data.entries as readonly Row[]).map(factsOf);

const byName = new Map<string, ModelFacts>();
const byBase = new Map<string, ModelFacts>();
const byFamily = new Map<string, ModelFacts>();
for (const model of openModels) {
  const { name, base, family } = normaliseModelId(model.id);
  if (!byName.has(name)) byName.set(name, model);
  if (!byBase.has(base)) byBase.set(base, model);
  if (!byFamily.has(family)) byFamily.set(family, model);
}

/** Facts of a model by hub id, mirror, GGUF file, Ollama tag or hosted name; where the catalogue has none, the size in the name. */
export function findModel(id: string): ModelFacts | undefined {
  const wanted = normaliseModelId(id);
  const known = byName.get(wanted.name) ?? byBase.get(wanted.base) ?? byFamily.get(wanted.family);
  if (known) return withMarks(known, wanted);
  const hosted = findHostedModel(id);
  if (hosted) return hosted;
  const size = sizeInName(wanted.name);
  if (!size) return undefined;
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
    ...(marks.bitsPerWeight === undefined ? {} : { bitsPerWeight: marks.bitsPerWeight }),
  };
}

function factsOf(row: Row): ModelFacts {
  const { billions, activeBillions, gflops, format, ...rest } = row;
  return {
    ...rest,
    parameters: billions * 1e9,
    activeParameters: (activeBillions ?? billions) * 1e9,
    ...(gflops === undefined ? {} : { gflopsPerItem: gflops }),
    storedFormat: format,
    isGenerative: GENERATIVE.has(row.kind),
    family: row.group,
    basis: 'catalogue',
    source: `${data.source}, ${data.year}`,
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
