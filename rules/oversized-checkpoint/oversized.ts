import type { ModelFacts, ModelKind } from '../../src/energy/modelFacts.ts';
import { findModel } from '../../src/knowledge/models/findModel.ts';
import { type LighterModel, lighterModels } from '../../src/knowledge/models/lighterModels.ts';

export interface Oversized {
  readonly model: ModelFacts;
  readonly lighter: readonly LighterModel[];
  /** A language model does what an encoder is made for. */
  readonly isGenerativeForLabels: boolean;
  /** Names in the model catalogue, where the library has names of its own. */
  readonly measuredAs?: { readonly before: string; readonly after: string };
}

/** Parameters from which a checkpoint counts as a large variant of its kind. */
const LARGE: Readonly<Partial<Record<ModelKind, number>>> = {
  encoder: 3e8,
  embedding: 3e8,
  reranker: 3e8,
  seq2seq: 3.5e8,
  vision: 2.5e8,
  speech: 1e9,
};
const SMALLEST_GENERATOR = 1e9;
/** The first lighter model must at least halve the work. */
const LARGEST_SHARE = 0.5;

/** Encoders of 66 to 184 M parameters for tasks whose answer is a label, a span or a vector (model cards). */
const ENCODERS: ReadonlyMap<string, readonly string[]> = new Map([
  [
    'sentiment-analysis',
    ['distilbert/distilbert-base-uncased-finetuned-sst-2-english', 'cardiffnlp/twitter-roberta-base-sentiment-latest'],
  ],
  [
    'text-classification',
    ['distilbert/distilbert-base-uncased-finetuned-sst-2-english', 'cardiffnlp/twitter-roberta-base-sentiment-latest'],
  ],
  ['ner', ['dslim/distilbert-NER', 'dslim/bert-base-NER']],
  ['token-classification', ['dslim/distilbert-NER', 'dslim/bert-base-NER']],
  ['question-answering', ['distilbert/distilbert-base-cased-distilled-squad', 'deepset/roberta-base-squad2']],
  [
    'zero-shot-classification',
    ['MoritzLaurer/deberta-v3-xsmall-zeroshot-v1.1-all-33', 'MoritzLaurer/deberta-v3-base-zeroshot-v2.0'],
  ],
  ['feature-extraction', ['sentence-transformers/all-MiniLM-L6-v2', 'BAAI/bge-small-en-v1.5']],
]);

/** Whether a model is larger than its task needs, and what would do; `undefined` where the catalogue does not show it. */
export function oversized(id: string, task: string | undefined): Oversized | undefined {
  const model = findModel(id);
  if (model === undefined || model.hosted !== undefined) return undefined;
  const encoders = task === undefined ? undefined : ENCODERS.get(task);
  if (encoders && model.kind === 'llm' && model.parameters >= SMALLEST_GENERATOR) {
    const lighter = encoders.map(
      (encoder): LighterModel => ({ id: encoder, note: 'made for this task', source: 'model card' }),
    );
    return { model, lighter, isGenerativeForLabels: true };
  }
  const large = LARGE[model.kind];
  if (model.basis !== 'catalogue' || large === undefined || model.parameters < large) return undefined;
  const lighter = lighterModels(id).filter(
    ({ parameters }) => parameters !== undefined && parameters <= LARGEST_SHARE * model.parameters,
  );
  return lighter.length === 0 ? undefined : { model, lighter, isGenerativeForLabels: false };
}
