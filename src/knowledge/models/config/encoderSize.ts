import type { ConfigReader } from './configReader.ts';
import type { NetworkSize } from './networkSize.ts';

/** No second table for the halves of a pair. */
const NO_TOKEN_TYPES = /^(?:distilbert|mpnet|modernbert|deberta-v2)$/;
const NO_POOLER = /^(?:distilbert|electra|modernbert|deberta-v2|deberta)$/;

/** An encoder for texts in the manner of BERT; `undefined` where the configuration lacks a size. */
export function encoderSize(config: ConfigReader): NetworkSize | undefined {
  const type = config.modelType;
  const hidden = config.count('hidden_size', 'dim', 'd_model');
  const layers = config.count('num_hidden_layers', 'n_layers', 'n_layer');
  const heads = config.count('num_attention_heads', 'n_heads', 'n_head');
  const vocabulary = config.count('vocab_size');
  if (hidden === undefined || layers === undefined || heads === undefined || vocabulary === undefined) return undefined;
  const inner = config.count('intermediate_size', 'hidden_dim', 'd_inner', 'n_inner') ?? 4 * hidden;
  const context = config.count('max_position_embeddings', 'n_positions');
  const embedding = config.count('embedding_size') ?? hidden;
  const hasPositions = type !== 'modernbert' && config.flag('position_biased_input') !== false;
  const types = NO_TOKEN_TYPES.test(type) ? 0 : (config.count('type_vocab_size') ?? 0);
  const tokens = (vocabulary + (hasPositions ? (context ?? 0) : 0) + types + 2) * embedding;
  const projection = embedding === hidden ? 0 : (embedding + 1) * hidden;
  // Layers of ALBERT are one and the same.
  const stored = type === 'albert' ? (config.count('num_hidden_groups') ?? 1) : layers;
  const pooler = NO_POOLER.test(type) ? 0 : hidden * (hidden + 1);
  const relative = type === 'deberta-v2' ? 2 * (config.count('position_buckets') ?? 256) * hidden : 0;
  return {
    parameters: tokens + projection + stored * encoderLayer(hidden, inner, type === 'modernbert') + pooler + relative,
    layers,
    hidden,
    heads,
    ...(context === undefined ? {} : { context }),
  };
}

/** Attention, feed-forward network and two norms, with biases; `isGated`: without, and with a third matrix. */
export function encoderLayer(hidden: number, inner: number, isGated = false): number {
  if (isGated) return 4 * hidden ** 2 + 3 * hidden * inner + 2 * hidden;
  return 4 * hidden * (hidden + 1) + 2 * hidden * inner + inner + hidden + 4 * hidden;
}
