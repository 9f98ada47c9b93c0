import assert from 'node:assert/strict';
import { findModel, openModels } from '../../../src/knowledge/models/findModel.ts';
import { lighterModels } from '../../../src/knowledge/models/lighterModels.ts';
import { normaliseModelId } from '../../../src/knowledge/models/normaliseModelId.ts';
import { sizeInName } from '../../../src/knowledge/models/sizeInName.ts';

/** Spelling, billions of parameters, quantisation. */
const SPELLINGS: readonly (readonly [string, number, string?])[] = [
  ['meta-llama/Llama-2-7b-hf', 6.74],
  ['meta-llama/Llama-2-7b-chat-hf', 6.74],
  ['meta-llama/Meta-Llama-3-8B', 8.03],
  ['meta-llama/Llama-3.1-8B', 8.03],
  ['https://huggingface.co/meta-llama/Llama-3.1-8B-Instruct', 8.03],
  ['unsloth/llama-3-8b-bnb-4bit', 8.03, 'nf4'],
  ['unsloth/Meta-Llama-3.1-8B-Instruct-bnb-4bit', 8.03, 'nf4'],
  ['llama3.1:8b', 8.03],
  ['TheBloke/Mistral-7B-Instruct-v0.2-GPTQ', 7.24, 'gptq'],
  ['TheBloke/Mistral-7B-Instruct-v0.2-AWQ', 7.24, 'awq'],
  ['TheBloke/Llama-2-13B-chat-GGUF', 13.02, 'gguf'],
  ['mistralai/Mixtral-8x7B-v0.1', 46.7],
  ['Qwen/Qwen2.5-7B-Instruct-GGUF', 7.62, 'gguf'],
  ['Qwen/Qwen2.5-Coder-3B-Instruct-GPTQ-Int4', 3.09, 'gptq'],
  ['Qwen/Qwen3-235B-A22B-Thinking-2507-FP8', 235.1, 'fp8'],
  ['Qwen/Qwen2.5-0.5B', 0.494],
  ['MaziyarPanahi/Mistral-7B-Instruct-v0.3-GGUF/Mistral-7B-Instruct-v0.3.Q4_K_M.gguf', 7.25, 'gguf'],
  ['./models/qwen2.5-7b-instruct-f16.gguf', 7.62, 'gguf'],
  ['Xenova/all-MiniLM-L6-v2', 0.0227],
  ['all-MiniLM-L6-v2', 0.0227],
  ['onnx-community/whisper-large-v3-turbo', 0.8089],
  ['Xenova/distilbert-base-uncased-finetuned-sst-2-english', 0.067],
  ['bert-base-uncased', 0.1095],
  ['gpt2', 0.124],
  ['openai-community/gpt2', 0.124],
  ['facebook/bart-large-mnli', 0.4073],
  ['runwayml/stable-diffusion-v1-5', 1.07],
  ['yolov8n.pt', 0.0032],
  ['openai/gpt-oss-120b', 116.8],
];

describe('findModel', () => {
  for (const [id, billions, quantisation] of SPELLINGS) {
    it(id, () => {
      const model = findModel(id);
      assert.ok(model, 'not found');
      assert.equal(model.basis, 'catalogue');
      assert.ok(Math.abs(model.parameters / 1e9 - billions) < 1e-6 * billions, String(model.parameters));
      assert.equal(model.quantisation, quantisation);
    });
  }

  it('tells two models with like names apart', () => {
    assert.notEqual(findModel('bert-large-uncased')?.parameters, findModel('bert-base-uncased')?.parameters);
    assert.notEqual(
      findModel('openai/whisper-large-v3')?.parameters,
      findModel('openai/whisper-large-v3-turbo')?.parameters,
    );
    assert.notEqual(findModel('gpt2-xl')?.parameters, findModel('gpt2')?.parameters);
  });

  it('falls back to the size in the name and marks it', () => {
    const model = findModel('someone/Brandnew-13B-chat-AWQ');
    assert.equal(model?.basis, 'size-in-name');
    assert.equal(model?.parameters, 13e9);
    assert.equal(model?.quantisation, 'awq');
    assert.equal(model?.kind, 'llm');
  });

  it('knows hosted models only by class, never as a number of the provider', () => {
    for (const id of [
      'gpt-4o-2024-08-06',
      'claude-3-5-sonnet-20241022',
      'models/gemini-2.5-flash',
      'o3-mini',
      'text-embedding-3-small',
    ]) {
      const model = findModel(id);
      assert.equal(model?.basis, 'class', id);
      assert.ok(model?.hosted, id);
    }
    assert.equal(findModel('gpt-4o-mini')?.hosted?.size, 'small');
    assert.equal(findModel('gpt-4o')?.hosted?.size, 'medium');
  });

  it('knows nothing of names without a size', () => {
    for (const id of ['some-random/net', 'model', '', 'checkpoint-500', './output'])
      assert.equal(findModel(id), undefined, id);
  });
});

describe('normaliseModelId', () => {
  it('reads bits per weight of llama.cpp formats', () => {
    assert.equal(normaliseModelId('x/Model-7B.Q4_K_M.gguf').bitsPerWeight, 4.85);
    assert.equal(normaliseModelId('x/Model-7B-Q8_0.gguf').bitsPerWeight, 8.5);
    assert.equal(
      normaliseModelId('bartowski/google_gemma-4-E2B-it-GGUF/google_gemma-4-E2B-it-Q6_K.gguf').bitsPerWeight,
      6.56,
    );
    assert.equal(normaliseModelId('x/Model-7B.fp16.gguf').bitsPerWeight, 16);
  });

  it('keeps a plain name as it is', () =>
    assert.equal(normaliseModelId('bert-base-uncased').name, 'bert-base-uncased'));
});

describe('sizeInName', () => {
  const SIZES: readonly (readonly [string, number | undefined, number?])[] = [
    ['foo-7b', 7e9],
    ['foo-0.5b', 0.5e9],
    ['foo-350m', 350e6],
    ['bloomz-1b7', 1.7e9],
    ['foo-30b-a3b', 30e9, 3e9],
    ['foo-8x7b', 46.48e9, 12.88e9],
    ['foo-4bit', undefined],
    ['v2', undefined],
    ['resnet50', undefined],
    ['llama-3', undefined],
  ];
  for (const [name, parameters, active] of SIZES) {
    it(name, () => {
      const size = sizeInName(name);
      assert.equal(size === undefined ? undefined : Math.round(size.parameters), parameters);
      if (active !== undefined) assert.equal(Math.round(size?.activeParameters ?? 0), active);
    });
  }
});

describe('lighterModels', () => {
  it('names smaller models for the same job, with a note and a source', () => {
    for (const id of [
      'bert-base-uncased',
      'openai/whisper-large-v3',
      'facebook/bart-large-mnli',
      'sentence-transformers/all-mpnet-base-v2',
      'meta-llama/Llama-3.1-70B-Instruct',
      'stabilityai/stable-diffusion-xl-base-1.0',
      'vgg16',
      'gpt-4o',
    ]) {
      const found = lighterModels(id);
      assert.ok(found.length >= 1 && found.length <= 3, id);
      const own = findModel(id);
      for (const lighter of found) {
        assert.ok(lighter.note.length > 10 && lighter.source.length > 5, lighter.id);
        if (lighter.parameters !== undefined && own && !own.hosted)
          assert.ok(lighter.parameters <= own.parameters, `${id} ${lighter.id}`);
      }
    }
  });

  it('names none for the smallest or the unknown', () => {
    assert.deepEqual(lighterModels('gpt-4.1-nano'), []);
    assert.deepEqual(lighterModels('some-random/net'), []);
  });
});

describe('model catalogue data', () => {
  it('holds several hundred models with sane figures', () => {
    assert.ok(openModels.length >= 400);
    const ids = openModels.map((model) => model.id.toLowerCase());
    assert.equal(new Set(ids).size, ids.length);
    for (const model of openModels) {
      assert.ok(model.parameters > 1e6 && model.parameters < 2e12, model.id);
      assert.ok(model.activeParameters > 0 && model.activeParameters <= model.parameters, model.id);
      assert.ok((model.year ?? 0) >= 2012 && (model.year ?? 0) <= 2026, model.id);
      if (model.hidden !== undefined && model.heads !== undefined && model.headSize === undefined) {
        assert.equal(model.hidden % model.heads, 0, `${model.id}: hidden / heads`);
      }
      if (
        model.kind === 'llm' &&
        model.layers !== undefined &&
        model.hidden !== undefined &&
        model.experts === undefined
      ) {
        const body = 12 * model.layers * model.hidden ** 2;
        assert.ok(
          model.parameters > 0.45 * body && model.parameters < 3.5 * body + 1e9,
          `${model.id}: ${model.parameters} against ${body}`,
        );
      }
    }
  });
});
