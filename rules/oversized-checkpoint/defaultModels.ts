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
]);
/** Defaults that only transformers 5 has: 4.x took a model of 0.1 B parameters. */
const DEFAULTS_OF_5: ReadonlyMap<string, string> = new Map([
  ['text-generation', 'HuggingFaceTB/SmolLM3-3B'],
  ['any-to-any', 'google/gemma-3n-E4B-it'],
]);

/** Default model of a task; `isFive`: the project has transformers 5 or later. */
export function defaultModel(task: string, isFive: boolean): string | undefined {
  return DEFAULTS.get(task) ?? (isFive ? DEFAULTS_OF_5.get(task) : undefined);
}
