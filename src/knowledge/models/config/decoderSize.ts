import type { ConfigReader } from './configReader.ts';
import type { NetworkSize } from './networkSize.ts';

/** Feed-forward networks of two matrices; the others gate with a third. */
const PLAIN_FEED_FORWARD =
  /^(?:gpt2|gpt_neo|gptj|gpt_neox|gpt_bigcode|opt|bloom|falcon|phi|codegen|mpt|starcoder2|xglm|biogpt)$/;
/** Output and input share one table of tokens unless the configuration says otherwise. */
const TIED = /^(?:gpt2|gpt_neo|gpt_bigcode|opt|bloom|falcon|gemma\w*|mpt|codegen|xglm|biogpt|cohere\w*)$/;
const BIASED = /^(?:gpt2|gpt_neo|gptj|gpt_neox|gpt_bigcode|opt|bloom|phi|codegen|starcoder2|xglm|biogpt)$/;
/** Positions that are learned, and so are parameters. */
const LEARNED_POSITIONS = /^(?:gpt2|gpt_neo|gpt_bigcode|opt|biogpt)$/;

/** A language model that reads and writes with one stack of layers; `undefined` where the configuration lacks a size. */
export function decoderSize(config: ConfigReader): NetworkSize | undefined {
  const hidden = config.count('hidden_size', 'n_embd', 'd_model', 'n_embed', 'dim');
  const layers = config.count('num_hidden_layers', 'n_layer', 'n_layers', 'num_layers');
  const heads = config.count('num_attention_heads', 'n_head', 'n_heads', 'num_heads');
  const vocabulary = config.count('vocab_size');
  if (hidden === undefined || layers === undefined || heads === undefined || vocabulary === undefined) return undefined;
  const type = config.modelType;
  const headSize = config.count('head_dim') ?? hidden / heads;
  const kvHeads = kvHeadsOf(config, heads);
  const attention = latentAttention(config, hidden, heads) ?? plainAttention(config, hidden, heads, kvHeads, headSize);
  const feedForward = feedForwardOf(config, hidden, layers);
  const isTied = config.flag('tie_word_embeddings') ?? TIED.test(type);
  const tokens = vocabulary * (config.count('word_embed_proj_dim') ?? hidden);
  const context = config.count('max_position_embeddings', 'n_positions', 'n_ctx', 'seq_length', 'max_seq_len');
  const positions = LEARNED_POSITIONS.test(type) ? ((context ?? 0) + (type === 'opt' ? 2 : 0)) * hidden : 0;
  const norms = layers * hidden * (BIASED.test(type) ? 4 : 2) + hidden;
  const outside = tokens * (isTied ? 1 : 2) + positions + norms;
  const { experts, expertsPerToken } = feedForward;
  return {
    parameters: layers * attention + feedForward.all + outside,
    ...(experts === undefined ? {} : { activeParameters: layers * attention + feedForward.active + outside }),
    layers,
    hidden,
    heads,
    ...cached(config, kvHeads, headSize, hidden / heads),
    ...(experts === undefined || expertsPerToken === undefined ? {} : { experts, expertsPerToken }),
    ...(context === undefined ? {} : { context }),
  };
}

/** Heads as the key-value cache holds them. A latent vector stands for keys and values together: one head of half its length. */
function cached(
  config: ConfigReader,
  kvHeads: number,
  headSize: number,
  usual: number,
): Pick<NetworkSize, 'kvHeads' | 'headSize'> {
  const rank = config.count('kv_lora_rank');
  if (rank !== undefined) return { kvHeads: 1, headSize: (rank + (config.count('qk_rope_head_dim') ?? 0)) / 2 };
  return { kvHeads, ...(headSize === usual ? {} : { headSize }) };
}

function kvHeadsOf(config: ConfigReader, heads: number): number {
  if (config.modelType === 'falcon' && config.flag('new_decoder_architecture') !== true) {
    return config.flag('multi_query') === false ? heads : 1;
  }
  if (config.modelType === 'gpt_bigcode' && config.flag('multi_query') !== false) return 1;
  return config.count('num_key_value_heads', 'num_kv_heads', 'n_kv_heads', 'multi_query_group_num') ?? heads;
}

function plainAttention(
  config: ConfigReader,
  hidden: number,
  heads: number,
  kvHeads: number,
  headSize: number,
): number {
  const query = heads * headSize;
  const keys = 2 * kvHeads * headSize;
  const hasBias = config.flag('attention_bias') ?? config.flag('qkv_bias') ?? BIASED.test(config.modelType);
  const isQwen2 = /^qwen2(?:_moe|_vl\w*|_5_vl\w*)?$/.test(config.modelType);
  const bias = hasBias ? query + keys + hidden : isQwen2 ? query + keys : 0;
  return hidden * (query + keys) + query * hidden + bias;
}

/** Keys and values by way of a small latent vector (DeepSeek V2 and V3). */
function latentAttention(config: ConfigReader, hidden: number, heads: number): number | undefined {
  const rank = config.count('kv_lora_rank');
  const plain = config.count('qk_nope_head_dim');
  const rotary = config.count('qk_rope_head_dim');
  const value = config.count('v_head_dim');
  if (rank === undefined || plain === undefined || rotary === undefined || value === undefined) return undefined;
  const queryRank = config.count('q_lora_rank');
  const query = heads * (plain + rotary);
  const queries = queryRank === undefined ? hidden * query : queryRank * (hidden + query);
  return queries + hidden * (rank + rotary) + rank * heads * (plain + value) + heads * value * hidden;
}

interface FeedForward {
  /** Of all layers together. */
  readonly all: number;
  readonly active: number;
  readonly experts?: number;
  readonly expertsPerToken?: number;
}

function feedForwardOf(config: ConfigReader, hidden: number, layers: number): FeedForward {
  const type = config.modelType;
  const inner = config.count('intermediate_size', 'n_inner', 'ffn_dim', 'ffn_hidden_size') ?? 4 * hidden;
  const matrices = PLAIN_FEED_FORWARD.test(type) ? 2 : 3;
  const dense = matrices * hidden * inner + (BIASED.test(type) ? inner + hidden : 0);
  const experts = config.count('num_local_experts', 'num_experts', 'n_routed_experts', 'moe_num_experts');
  const expertsPerToken = config.count('num_experts_per_tok', 'num_experts_per_token', 'moe_top_k', 'moe_k');
  if (experts === undefined || experts < 2 || expertsPerToken === undefined) {
    return { all: layers * dense, active: layers * dense };
  }
  const expert = matrices * hidden * (config.count('moe_intermediate_size') ?? inner);
  const shared = sharedExperts(config, hidden, expert, matrices);
  const router = hidden * experts;
  const denseLayers = Math.min(layers, config.count('first_k_dense_replace') ?? 0);
  const mixed = layers - denseLayers;
  return {
    all: denseLayers * dense + mixed * (experts * expert + shared + router),
    active: denseLayers * dense + mixed * (expertsPerToken * expert + shared + router),
    experts,
    expertsPerToken,
  };
}

/** Experts that work on every token. */
function sharedExperts(config: ConfigReader, hidden: number, expert: number, matrices: number): number {
  const inner = config.count('shared_expert_intermediate_size');
  if (inner !== undefined) return matrices * hidden * inner + hidden;
  return (config.count('n_shared_experts', 'num_shared_experts') ?? 0) * expert;
}
