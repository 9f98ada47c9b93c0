import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import Ajv from 'ajv';
import { findHostedModel } from '../../../src/knowledge/models/findHostedModel.ts';
import { findModel } from '../../../src/knowledge/models/findModel.ts';
import { lighterModels } from '../../../src/knowledge/models/lighterModels.ts';
import { normaliseModelId } from '../../../src/knowledge/models/normaliseModelId.ts';
import { modelAliases, openModels } from '../../../src/knowledge/models/openModels.ts';
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
  ['llama3.1:8b', 8.03, 'gguf'],
  ['llama3.1:8b-instruct-q4_K_M', 8.03, 'gguf'],
  ['llama3.2:latest', 3.21],
  ['gemma2:9b', 9.24, 'gguf'],
  ['gemma:2b', 2.51, 'gguf'],
  ['deepseek-r1:7b', 7.62, 'gguf'],
  ['phi3:3.8b', 3.82, 'gguf'],
  ['us.meta.llama3-1-70b-instruct-v1:0', 70.55],
  ['mistral.mixtral-8x7b-instruct-v0:1', 46.7],
  ['mistral.mistral-7b-instruct-v0:2', 7.24],
  ['openai.gpt-oss-120b-1:0', 116.8],
  ['us.deepseek.r1-v1:0', 671],
  ['accounts/fireworks/models/llama-v3p1-8b-instruct', 8.03],
  ['llama-3.3-70b-versatile', 70.55],
  ['llama3-70b-8192', 70.55],
  ['gemma2-9b-it', 9.24],
  ['meta-llama/Llama-3.3-70B-Instruct-Turbo', 70.55],
  ['meta-llama/llama-3.1-70b-instruct:free', 70.55],
  ['Llama-3.1-8B-Instruct-q4f16_1-MLC', 8.03],
  ['Phi-3.5-mini-instruct-q4f16_1-MLC-1k', 3.82],
  ['hugging-quants/Meta-Llama-3.1-8B-Instruct-AWQ-INT4', 8.03, 'awq'],
  ['neuralmagic/Meta-Llama-3.1-8B-Instruct-quantized.w4a16', 8.03, 'gptq'],
  ['meta-llama/Llama-3.1-8B-Instruct-FP8', 8.03, 'fp8'],
  ['google/gemma-3-27b-it-qat-q4_0-gguf', 27.4, 'gguf'],
  ['microsoft/Phi-3-mini-4k-instruct-onnx', 3.82],
  ['microsoft/Phi-3-vision-128k-instruct-onnx-cpu', 4.15],
  ['EleutherAI/pythia-1b-deduped', 1.01],
  ['Qwen/Qwen3-30B-A3B-Instruct-2507', 30.53],
  ['cognitivecomputations/dolphin-2.9-llama3-8b', 8.03],
  ['NousResearch/Hermes-2-Pro-Mistral-7B', 7.24],
  ['bert-base-uncased-finetuned-mrpc', 0.1095],
  ['Snowflake/snowflake-arctic-embed-m-v2.0', 0.305],
  ['timm/resnet50.a1_in1k', 0.02556],
  ['hf-hub:timm/vit_base_patch16_224.augreg2_in21k_ft_in1k', 0.08657],
  ['vit_b_16', 0.08657],
  ['efficientnet_b7', 0.06635],
  ['EfficientNetB0', 0.00529],
  ['yolov8n-seg.pt', 0.0032],
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
    for (const [id, name] of [
      ['openai:gpt-4o-mini', 'gpt-4o-mini'],
      ['azure/gpt-4.1-nano', 'gpt-4.1-nano'],
      ['anthropic/claude-3.5-sonnet', 'claude-3.5-sonnet'],
      ['us.anthropic.claude-sonnet-4-5-20250929-v1:0', 'claude-sonnet-4-5'],
      ['bedrock/eu.anthropic.claude-haiku-4-5-20251001-v1:0', 'claude-haiku-4-5'],
      ['google_genai:gemini-2.5-pro', 'gemini-2.5-pro'],
      ['claude-3-5-sonnet@20240620', 'claude-3-5-sonnet'],
    ] as const)
      assert.equal(findModel(id)?.id, name, id);
    assert.equal(findModel('gpt-4o-mini')?.hosted?.size, 'small');
    assert.equal(findModel('gpt-4o')?.hosted?.size, 'medium');
  });

  it('knows what providers publish beside the size: context, cache, reasoning, retirement', () => {
    assert.deepEqual(findModel('claude-haiku-4-5')?.hosted, {
      provider: 'Anthropic',
      size: 'small',
      reasoning: 'optional',
      cacheMinimumTokens: 4096,
    });
    assert.equal(findModel('gpt-4o')?.hosted?.cacheMinimumTokens, 1024);
    assert.equal(findModel('gpt-4o')?.context, 128_000);
    assert.equal(findModel('gpt-3.5-turbo')?.hosted?.cacheMinimumTokens, undefined);
    assert.equal(findModel('o3-mini')?.hosted?.reasoning, 'always');
    assert.equal(findModel('gpt-4.1')?.hosted?.reasoning, 'no');
    assert.match(findModel('claude-3-opus-20240229')?.hosted?.retired ?? '', /^2026/);
  });

  it('proposes no hosted model that is retired or unknown', () => {
    const file: { readonly entries: readonly { prefix: string; lighter: readonly string[] }[] } = JSON.parse(
      readFileSync('src/knowledge/models/hostedModels.json', 'utf8'),
    );
    assert.ok(file.entries.length > 200);
    for (const { prefix, lighter } of file.entries) {
      for (const id of lighter) {
        assert.ok(findHostedModel(id), `${prefix}: ${id}`);
        assert.equal(findHostedModel(id)?.hosted?.retired, undefined, `${prefix}: ${id}`);
      }
    }
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
  const file: unknown = JSON.parse(readFileSync('src/knowledge/models/openModels.json', 'utf8'));

  it('follows its schema', () => {
    const schema: unknown = JSON.parse(readFileSync('src/knowledge/models/schema/openModels.schema.json', 'utf8'));
    const validate = new Ajv({ strictTuples: false }).compile(schema as object);
    assert.ok(validate(file), JSON.stringify(validate.errors));
  });

  it('says for every model where its figures come from, and whether they were compared', () => {
    const verified = openModels.filter((model) => model.isVerified);
    assert.ok(verified.length >= 600, String(verified.length));
    for (const model of openModels) assert.match(model.source, /, 20\d\d$/, model.id);
  });

  it('carries training emissions of model cards and measured energy per request', () => {
    assert.equal(findModel('meta-llama/Llama-3.1-8B-Instruct')?.trainingTonnes, 420);
    assert.equal(findModel('meta-llama/Llama-2-70b-chat-hf')?.trainingTonnes, 291.42);
    const measured = openModels.flatMap((model) => model.measuredWh ?? []);
    assert.ok(measured.length >= 40, String(measured.length));
    for (const model of openModels) {
      if (model.measuredWh) assert.ok(model.measuredWh[0] <= model.measuredWh[1], model.id);
    }
  });

  it('every alias names a model', () => {
    for (const [alias, id] of Object.entries(modelAliases)) {
      assert.ok(
        openModels.some((model) => model.id === id),
        `${alias}: ${id}`,
      );
      assert.equal(findModel(alias)?.id, id);
    }
  });

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
