import assert from 'node:assert/strict';
import { runEstimate } from '../../../src/cli/estimate/runEstimate.ts';
import type { ModelFacts } from '../../../src/energy/modelFacts.ts';
import { folderModel } from '../../../src/knowledge/models/config/folderModel.ts';
import { transformersModel } from '../../../src/knowledge/models/config/transformersModel.ts';

type Row = readonly [name: string, config: Readonly<Record<string, unknown>>, parameters: number, active?: number];

/** Configurations as published, and the parameters that the published weights have (of mixtures also the active ones, rounded). */
const CONFIGS: readonly Row[] = [
  [
    'gpt2',
    { model_type: 'gpt2', n_embd: 768, n_layer: 12, n_head: 12, n_positions: 1024, vocab_size: 50257 },
    124439808,
  ],
  [
    'bert-base-uncased',
    {
      model_type: 'bert',
      hidden_size: 768,
      num_hidden_layers: 12,
      num_attention_heads: 12,
      intermediate_size: 3072,
      vocab_size: 30522,
      max_position_embeddings: 512,
      type_vocab_size: 2,
    },
    109482240,
  ],
  [
    'all-MiniLM-L6-v2',
    {
      model_type: 'bert',
      hidden_size: 384,
      num_hidden_layers: 6,
      num_attention_heads: 12,
      intermediate_size: 1536,
      vocab_size: 30522,
      max_position_embeddings: 512,
      type_vocab_size: 2,
    },
    22713216,
  ],
  [
    'roberta-base',
    {
      model_type: 'roberta',
      hidden_size: 768,
      num_hidden_layers: 12,
      num_attention_heads: 12,
      intermediate_size: 3072,
      vocab_size: 50265,
      max_position_embeddings: 514,
      type_vocab_size: 1,
    },
    124645632,
  ],
  [
    'distilbert',
    {
      model_type: 'distilbert',
      dim: 768,
      n_layers: 6,
      n_heads: 12,
      hidden_dim: 3072,
      vocab_size: 30522,
      max_position_embeddings: 512,
    },
    66362880,
  ],
  [
    'albert-base-v2',
    {
      model_type: 'albert',
      hidden_size: 768,
      embedding_size: 128,
      num_hidden_layers: 12,
      num_attention_heads: 12,
      intermediate_size: 3072,
      vocab_size: 30000,
      max_position_embeddings: 512,
      type_vocab_size: 2,
      num_hidden_groups: 1,
    },
    11683584,
  ],
  [
    'modernbert-base',
    {
      model_type: 'modernbert',
      hidden_size: 768,
      num_hidden_layers: 22,
      num_attention_heads: 12,
      intermediate_size: 1152,
      vocab_size: 50368,
      max_position_embeddings: 8192,
    },
    149014272,
  ],
  [
    'deberta-v3-base',
    {
      model_type: 'deberta-v2',
      hidden_size: 768,
      num_hidden_layers: 12,
      num_attention_heads: 12,
      intermediate_size: 3072,
      vocab_size: 128100,
      max_position_embeddings: 512,
      type_vocab_size: 0,
      position_biased_input: false,
      position_buckets: 256,
    },
    183831552,
  ],
  [
    'xlm-roberta-base',
    {
      model_type: 'xlm-roberta',
      hidden_size: 768,
      num_hidden_layers: 12,
      num_attention_heads: 12,
      intermediate_size: 3072,
      vocab_size: 250002,
      max_position_embeddings: 514,
      type_vocab_size: 1,
    },
    278043648,
  ],
  [
    't5-small',
    { model_type: 't5', d_model: 512, d_ff: 2048, d_kv: 64, num_heads: 8, num_layers: 6, vocab_size: 32128 },
    60506624,
  ],
  [
    'flan-t5-base',
    {
      model_type: 't5',
      d_model: 768,
      d_ff: 2048,
      d_kv: 64,
      num_heads: 12,
      num_layers: 12,
      vocab_size: 32128,
      feed_forward_proj: 'gated-gelu',
      tie_word_embeddings: false,
    },
    247577856,
  ],
  [
    'bart-large',
    {
      model_type: 'bart',
      d_model: 1024,
      encoder_layers: 12,
      decoder_layers: 12,
      encoder_ffn_dim: 4096,
      decoder_ffn_dim: 4096,
      encoder_attention_heads: 16,
      decoder_attention_heads: 16,
      vocab_size: 50265,
      max_position_embeddings: 1024,
    },
    406291456,
  ],
  [
    'whisper-tiny',
    {
      model_type: 'whisper',
      d_model: 384,
      encoder_layers: 4,
      decoder_layers: 4,
      encoder_ffn_dim: 1536,
      decoder_ffn_dim: 1536,
      decoder_attention_heads: 6,
      vocab_size: 51865,
      num_mel_bins: 80,
      max_source_positions: 1500,
      max_target_positions: 448,
    },
    37760640,
  ],
  [
    'whisper-large-v3',
    {
      model_type: 'whisper',
      d_model: 1280,
      encoder_layers: 32,
      decoder_layers: 32,
      encoder_ffn_dim: 5120,
      decoder_ffn_dim: 5120,
      decoder_attention_heads: 20,
      vocab_size: 51866,
      num_mel_bins: 128,
      max_source_positions: 1500,
      max_target_positions: 448,
    },
    1543490560,
  ],
  [
    'llama-2-7b',
    {
      model_type: 'llama',
      hidden_size: 4096,
      num_hidden_layers: 32,
      num_attention_heads: 32,
      intermediate_size: 11008,
      vocab_size: 32000,
      max_position_embeddings: 4096,
      tie_word_embeddings: false,
    },
    6738415616,
  ],
  [
    'llama-3-8b',
    {
      model_type: 'llama',
      hidden_size: 4096,
      num_hidden_layers: 32,
      num_attention_heads: 32,
      num_key_value_heads: 8,
      intermediate_size: 14336,
      vocab_size: 128256,
      tie_word_embeddings: false,
    },
    8030261248,
  ],
  [
    'llama-3.2-1b',
    {
      model_type: 'llama',
      hidden_size: 2048,
      num_hidden_layers: 16,
      num_attention_heads: 32,
      num_key_value_heads: 8,
      head_dim: 64,
      intermediate_size: 8192,
      vocab_size: 128256,
      tie_word_embeddings: true,
    },
    1235814400,
  ],
  [
    'mistral-7b',
    {
      model_type: 'mistral',
      hidden_size: 4096,
      num_hidden_layers: 32,
      num_attention_heads: 32,
      num_key_value_heads: 8,
      intermediate_size: 14336,
      vocab_size: 32000,
      tie_word_embeddings: false,
    },
    7241732096,
  ],
  [
    'qwen2.5-0.5b',
    {
      model_type: 'qwen2',
      hidden_size: 896,
      num_hidden_layers: 24,
      num_attention_heads: 14,
      num_key_value_heads: 2,
      intermediate_size: 4864,
      vocab_size: 151936,
      tie_word_embeddings: true,
    },
    494032768,
  ],
  [
    'qwen2.5-7b',
    {
      model_type: 'qwen2',
      hidden_size: 3584,
      num_hidden_layers: 28,
      num_attention_heads: 28,
      num_key_value_heads: 4,
      intermediate_size: 18944,
      vocab_size: 152064,
      tie_word_embeddings: false,
    },
    7615616512,
  ],
  [
    'gemma-2b',
    {
      model_type: 'gemma',
      hidden_size: 2048,
      num_hidden_layers: 18,
      num_attention_heads: 8,
      num_key_value_heads: 1,
      head_dim: 256,
      intermediate_size: 16384,
      vocab_size: 256000,
    },
    2506172416,
  ],
  [
    'gemma-2-9b',
    {
      model_type: 'gemma2',
      hidden_size: 3584,
      num_hidden_layers: 42,
      num_attention_heads: 16,
      num_key_value_heads: 8,
      head_dim: 256,
      intermediate_size: 14336,
      vocab_size: 256000,
    },
    9241705984,
  ],
  [
    'phi-2',
    {
      model_type: 'phi',
      hidden_size: 2560,
      num_hidden_layers: 32,
      num_attention_heads: 32,
      intermediate_size: 10240,
      vocab_size: 51200,
      tie_word_embeddings: false,
    },
    2779683840,
  ],
  [
    'phi-3-mini',
    {
      model_type: 'phi3',
      hidden_size: 3072,
      num_hidden_layers: 32,
      num_attention_heads: 32,
      intermediate_size: 8192,
      vocab_size: 32064,
      tie_word_embeddings: false,
    },
    3821079552,
  ],
  [
    'opt-125m',
    {
      model_type: 'opt',
      hidden_size: 768,
      num_hidden_layers: 12,
      num_attention_heads: 12,
      ffn_dim: 3072,
      word_embed_proj_dim: 768,
      vocab_size: 50272,
      max_position_embeddings: 2048,
    },
    125239296,
  ],
  ['bloom-560m', { model_type: 'bloom', hidden_size: 1024, n_layer: 24, n_head: 16, vocab_size: 250880 }, 559214592],
  [
    'pythia-1.4b',
    {
      model_type: 'gpt_neox',
      hidden_size: 2048,
      num_hidden_layers: 24,
      num_attention_heads: 16,
      intermediate_size: 8192,
      vocab_size: 50304,
      tie_word_embeddings: false,
    },
    1414647808,
  ],
  [
    'gpt-j-6b',
    { model_type: 'gptj', n_embd: 4096, n_layer: 28, n_head: 16, vocab_size: 50400, tie_word_embeddings: false },
    6050882784,
  ],
  [
    'falcon-7b',
    {
      model_type: 'falcon',
      hidden_size: 4544,
      num_hidden_layers: 32,
      num_attention_heads: 71,
      vocab_size: 65024,
      multi_query: true,
      new_decoder_architecture: false,
    },
    6921720704,
  ],
  [
    'starcoder2-3b',
    {
      model_type: 'starcoder2',
      hidden_size: 3072,
      num_hidden_layers: 30,
      num_attention_heads: 24,
      num_key_value_heads: 2,
      intermediate_size: 12288,
      vocab_size: 49152,
      tie_word_embeddings: true,
    },
    3030371328,
  ],
  [
    'mixtral-8x7b',
    {
      model_type: 'mixtral',
      hidden_size: 4096,
      num_hidden_layers: 32,
      num_attention_heads: 32,
      num_key_value_heads: 8,
      intermediate_size: 14336,
      vocab_size: 32000,
      num_local_experts: 8,
      num_experts_per_tok: 2,
      tie_word_embeddings: false,
    },
    46702792704,
    12879425536,
  ],
  [
    'qwen3-30b-a3b',
    {
      model_type: 'qwen3_moe',
      hidden_size: 2048,
      num_hidden_layers: 48,
      num_attention_heads: 32,
      num_key_value_heads: 4,
      head_dim: 128,
      intermediate_size: 6144,
      moe_intermediate_size: 768,
      num_experts: 128,
      num_experts_per_tok: 8,
      vocab_size: 151936,
      tie_word_embeddings: false,
    },
    30532122624,
    3.35e9,
  ],
  [
    'olmoe',
    {
      model_type: 'olmoe',
      hidden_size: 2048,
      num_hidden_layers: 16,
      num_attention_heads: 16,
      num_key_value_heads: 16,
      intermediate_size: 1024,
      num_experts: 64,
      num_experts_per_tok: 8,
      vocab_size: 50304,
      tie_word_embeddings: false,
    },
    6919161856,
    1.28e9,
  ],
  [
    'deepseek-v3',
    {
      model_type: 'deepseek_v3',
      hidden_size: 7168,
      num_hidden_layers: 61,
      num_attention_heads: 128,
      num_key_value_heads: 128,
      intermediate_size: 18432,
      moe_intermediate_size: 2048,
      n_routed_experts: 256,
      n_shared_experts: 1,
      num_experts_per_tok: 8,
      first_k_dense_replace: 3,
      kv_lora_rank: 512,
      q_lora_rank: 1536,
      qk_nope_head_dim: 128,
      qk_rope_head_dim: 64,
      v_head_dim: 128,
      vocab_size: 129280,
      tie_word_embeddings: false,
    },
    671026419200,
    37.55e9,
  ],
  [
    'vit-base',
    {
      model_type: 'vit',
      hidden_size: 768,
      num_hidden_layers: 12,
      num_attention_heads: 12,
      intermediate_size: 3072,
      patch_size: 16,
      image_size: 224,
    },
    85798656,
  ],
  [
    'dinov2-base',
    {
      model_type: 'dinov2',
      hidden_size: 768,
      num_hidden_layers: 12,
      num_attention_heads: 12,
      mlp_ratio: 4,
      patch_size: 14,
      image_size: 518,
    },
    86580480,
  ],
  [
    'clip-b32',
    {
      model_type: 'clip',
      projection_dim: 512,
      text_config: {
        hidden_size: 512,
        num_hidden_layers: 12,
        num_attention_heads: 8,
        intermediate_size: 2048,
        vocab_size: 49408,
        max_position_embeddings: 77,
      },
      vision_config: {
        hidden_size: 768,
        num_hidden_layers: 12,
        num_attention_heads: 12,
        intermediate_size: 3072,
        patch_size: 32,
        image_size: 224,
      },
    },
    151277313,
  ],
  [
    'wav2vec2-base',
    {
      model_type: 'wav2vec2',
      hidden_size: 768,
      num_hidden_layers: 12,
      num_attention_heads: 12,
      intermediate_size: 3072,
      conv_dim: [512, 512, 512, 512, 512, 512, 512],
      conv_kernel: [10, 3, 3, 3, 3, 2, 2],
      num_conv_pos_embeddings: 128,
      num_conv_pos_embedding_groups: 16,
    },
    94371712,
  ],
  [
    'llava-1.5-7b',
    {
      model_type: 'llava',
      text_config: {
        model_type: 'llama',
        hidden_size: 4096,
        num_hidden_layers: 32,
        num_attention_heads: 32,
        intermediate_size: 11008,
        vocab_size: 32064,
        tie_word_embeddings: false,
      },
      vision_config: {
        model_type: 'clip_vision_model',
        hidden_size: 1024,
        num_hidden_layers: 24,
        num_attention_heads: 16,
        intermediate_size: 4096,
        patch_size: 14,
        image_size: 336,
      },
    },
    7063427072,
  ],
];

describe('parameters counted from a configuration', () => {
  for (const [name, config, parameters, active] of CONFIGS) {
    it(name, () => {
      const size = transformersModel(config)?.size;
      assert.ok(size, 'no size');
      assert.ok(Math.abs(size.parameters / parameters - 1) < 0.005, `${size.parameters} instead of ${parameters}`);
      if (active !== undefined) assert.ok(Math.abs((size.activeParameters ?? 0) / active - 1) < 0.01);
    });
  }

  it('counts a grouped attention and a mixture as the energy model needs them', () => {
    const found = transformersModel(CONFIGS.find(([name]) => name === 'qwen3-30b-a3b')?.[1]);
    assert.deepEqual(
      [found?.kind, found?.size?.kvHeads, found?.size?.headSize, found?.size?.experts, found?.size?.expertsPerToken],
      ['llm', 4, 128, 128, 8],
    );
  });

  it('says nothing of a size that is not there', () => {
    assert.equal(transformersModel({}), undefined);
    assert.equal(transformersModel('text'), undefined);
    assert.equal(transformersModel(null), undefined);
    assert.equal(transformersModel({ model_type: 'llama', hidden_size: 'big' })?.size, undefined);
    assert.equal(transformersModel({ model_type: 'llama', hidden_size: -4 })?.size, undefined);
    assert.equal(transformersModel({ model_type: 'somethingnew' }), undefined);
  });
});

/** What is left of a model where only its weight files were counted. */
function named({ id, kind, parameters, activeParameters, isGenerative, basis, source }: ModelFacts): ModelFacts {
  return { id, kind, parameters, activeParameters, isGenerative, basis, source };
}

describe('a folder of a model', () => {
  const llama = CONFIGS.find(([name]) => name === 'llama-3-8b')?.[1] ?? {};

  it('knows the format and the quantisation of its weights', () => {
    const plain = folderModel('./m', { config: { ...llama, torch_dtype: 'bfloat16' } });
    assert.deepEqual([plain?.basis, plain?.storedFormat, plain?.isGenerative], ['config', 'bf16', true]);
    const quantised = folderModel('./m', {
      config: { ...llama, quantization_config: { quant_method: 'gptq', bits: 4 } },
    });
    assert.deepEqual([quantised?.quantisation, quantised?.storedFormat], ['gptq', 'int4']);
    const nf4 = folderModel('./m', {
      config: { ...llama, quantization_config: { quant_method: 'bitsandbytes', load_in_4bit: true } },
    });
    assert.equal(nf4?.quantisation, 'nf4');
  });

  it('knows ways of quantising that were not measured', () => {
    const stored = (quantization_config: object) => {
      const found = folderModel('./m', { config: { ...llama, quantization_config } });
      return [found?.scheme ?? found?.quantisation, found?.bitsPerWeight];
    };
    const int8 = { group_0: { weights: { num_bits: 8, type: 'int' } } };
    const int4 = { group_0: { weights: { num_bits: 4, type: 'int' } } };
    assert.deepEqual(stored({ quant_method: 'exl2', bits: 4.65 }), ['ExLlama', 4.65]);
    assert.deepEqual(stored({ quant_method: 'aqlm', nbits_per_codebook: 16, in_group_size: 8 }), ['AQLM', 2.1]);
    assert.deepEqual(stored({ quant_method: 'modelopt', quant_algo: 'NVFP4' }), ['NVFP4', 4.5]);
    assert.deepEqual(stored({ quant_method: 'compressed-tensors', config_groups: int8 }), ['W8A8', 8.25]);
    assert.deepEqual(stored({ quant_method: 'compressed-tensors', config_groups: int4 }), ['gptq', 4.25]);
    assert.deepEqual(stored({ quant_method: 'compressed-tensors' }), [undefined, undefined]);
  });

  it('caches a latent vector where the configuration has one', () => {
    const latent = CONFIGS.find(([, config]) => 'kv_lora_rank' in config)?.[1];
    const found = folderModel('./m', { config: latent });
    assert.deepEqual([found?.kvHeads, found?.headSize], [1, 288]);
  });

  it('is estimated by its own layers and heads, as the same model of the catalogue is', () => {
    const id = 'meta-llama/Meta-Llama-3-8B';
    const model = folderModel('./m', { config: { ...llama, torch_dtype: 'bfloat16' } }) ?? assert.fail('no model');
    const request = { hardware: 'A100', engine: 'vllm', batch: 8, inputTokens: 200, outputTokens: 200 };
    const [own, listed] = [
      runEstimate({ ...request, model: './m' }, { model }),
      runEstimate({ ...request, model: id }),
    ];
    assert.ok(!('error' in own) && !('error' in listed));
    const spread = (answer: typeof own): number => answer.wh_per_request.high / answer.wh_per_request.mid;
    assert.ok(Math.abs(spread(own) / spread(listed) - 1) < 1e-6);
    assert.ok(Math.abs(own.wh_per_request.mid / listed.wh_per_request.mid - 1) < 0.01);
    assert.doesNotMatch(own.assumptions.join('\n'), /Only the size of the model is known/);
    const shapeless = runEstimate({ ...request, model: './m' }, { model: { ...named(model), id: './m' } });
    assert.ok(!('error' in shapeless) && spread(shapeless) > 1.2 * spread(own));
    assert.match(shapeless.assumptions.join('\n'), /Only the size of the model is known/);
  });

  it('takes the base model of an adapter', () => {
    const found = folderModel('./lora', { adapter: { base_model_name_or_path: 'meta-llama/Llama-3.1-8B-Instruct' } });
    assert.deepEqual([found?.id, found?.parameters, found?.basis], ['./lora', 8.03e9, 'config']);
    assert.match(found?.source ?? '', /base model meta-llama/);
  });

  it('is an embedding model where sentence-transformers says so', () => {
    const config = CONFIGS.find(([name]) => name === 'all-MiniLM-L6-v2')?.[1];
    assert.equal(folderModel('./e', { config, modules: [{ idx: 0 }] })?.kind, 'embedding');
  });

  it('takes a pipeline of diffusers for the usual model of its class', () => {
    const found = folderModel('./sd', { pipeline: { _class_name: 'StableDiffusionXLPipeline' } });
    assert.deepEqual([found?.kind, found?.isVerified], ['diffusion', false]);
    assert.ok((found?.parameters ?? 0) > 2e9);
  });

  it('counts the weights where the architecture is not known', () => {
    const config = {
      model_type: 'convnext',
      architectures: ['ConvNextForImageClassification'],
      torch_dtype: 'float32',
    };
    assert.equal(folderModel('./c', { config }), undefined);
    const found = folderModel('./c', { config, weightBytes: 114_400_000 });
    assert.deepEqual([found?.kind, found?.parameters, found?.isVerified], ['vision', 28_600_000, false]);
  });
});
