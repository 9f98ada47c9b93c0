import { findModel } from '../../src/knowledge/models/findModel.ts';
import type { Answer } from '../shared/versions.ts';
import type { Oversized } from './oversized.ts';

/**
 * Models that `pipeline(task)` takes when none is named, where a lighter one does the same job.
 * Source: transformers 4.57.6 and 5.18.0, pipelines/__init__.py SUPPORTED_TASKS.
 */
const DEFAULTS: ReadonlyMap<string, string> = new Map([
  ['ner', 'dbmdz/bert-large-cased-finetuned-conll03-english'],
  ['token-classification', 'dbmdz/bert-large-cased-finetuned-conll03-english'],
  ['zero-shot-classification', 'facebook/bart-large-mnli'],
  ['depth-estimation', 'Intel/dpt-large'],
  ['mask-generation', 'facebook/sam-vit-huge'],
  // The task came with transformers 5.
  ['any-to-any', 'google/gemma-3n-E4B-it'],
]);
/** Defaults that transformers 5 changed: 4.x took a model of 0.1 B parameters. */
const DEFAULTS_OF_5: ReadonlyMap<string, string> = new Map([['text-generation', 'HuggingFaceTB/SmolLM3-3B']]);

/** Generative models that the library chooses although nobody asked for their size, and smaller ones of their makers. */
const SMALLER: ReadonlyMap<string, { readonly ids: readonly string[]; readonly note: string }> = new Map([
  [
    'HuggingFaceTB/SmolLM3-3B',
    {
      ids: ['HuggingFaceTB/SmolLM2-360M-Instruct', 'HuggingFaceTB/SmolLM2-1.7B-Instruct'],
      note: 'same makers, fewer parameters, English only',
    },
  ],
  ['google/gemma-3n-E4B-it', { ids: ['google/gemma-3n-E2B-it'], note: 'same family, half of the active parameters' }],
]);

export interface DefaultModel {
  readonly id: string;
  /** False where another version of the library takes a small model. */
  readonly isSure: boolean;
}

/** Default model of a task; `isFive`: whether the project has transformers 5 or later. */
export function defaultModel(task: string, isFive: Answer): DefaultModel | undefined {
  const always = DEFAULTS.get(task);
  if (always !== undefined) return { id: always, isSure: true };
  const id = isFive === 'no' ? undefined : DEFAULTS_OF_5.get(task);
  return id === undefined ? undefined : { id, isSure: isFive === 'yes' };
}

/** A default that generates: whether so large a model is needed nobody has decided. */
export function largeDefault(id: string): Oversized | undefined {
  const smaller = SMALLER.get(id);
  const model = smaller && findModel(id);
  if (!smaller || !model) return undefined;
  const lighter = smaller.ids.map((name) => {
    const parameters = findModel(name)?.parameters;
    return { id: name, note: smaller.note, source: 'model card', ...(parameters === undefined ? {} : { parameters }) };
  });
  return { model, lighter, isGenerativeForLabels: false };
}
