import type { ConfigReader } from './configReader.ts';
import { encoderLayer } from './encoderSize.ts';
import type { NetworkSize } from './networkSize.ts';

/** T5 and its kin: no biases, attention heads of their own width. */
export function t5Size(config: ConfigReader): NetworkSize | undefined {
  const hidden = config.count('d_model');
  const inner = config.count('d_ff');
  const headSize = config.count('d_kv');
  const heads = config.count('num_heads');
  const layers = config.count('num_layers');
  const vocabulary = config.count('vocab_size');
  if (!hidden || !inner || !headSize || !heads || !layers || !vocabulary) return undefined;
  const isGated = config.text('feed_forward_proj')?.startsWith('gated') === true;
  const attention = 4 * hidden * heads * headSize;
  const feedForward = (isGated ? 3 : 2) * hidden * inner;
  const decoders = config.count('num_decoder_layers') ?? layers;
  const isTied = config.flag('tie_word_embeddings') ?? config.modelType === 't5';
  const buckets = (config.count('relative_attention_num_buckets') ?? 32) * heads * 2;
  const norms = hidden * (2 * layers + 3 * decoders + 2);
  return {
    parameters:
      vocabulary * hidden * (isTied ? 1 : 2) +
      layers * (attention + feedForward) +
      decoders * (2 * attention + feedForward) +
      buckets +
      norms,
    layers,
    hidden,
    heads,
    headSize,
    context: config.count('n_positions') ?? 512,
  };
}

/** BART, Marian, Pegasus, M2M100 and Whisper: an encoder and a decoder with biases. */
export function bartSize(config: ConfigReader): NetworkSize | undefined {
  const hidden = config.count('d_model');
  const encoders = config.count('encoder_layers');
  const decoders = config.count('decoder_layers');
  const vocabulary = config.count('vocab_size');
  if (!hidden || !encoders || !decoders || !vocabulary) return undefined;
  const encoderInner = config.count('encoder_ffn_dim') ?? 4 * hidden;
  const decoderInner = config.count('decoder_ffn_dim') ?? 4 * hidden;
  const crossAttention = 4 * hidden * (hidden + 1) + 2 * hidden;
  const heads = config.count('decoder_attention_heads', 'encoder_attention_heads');
  const context = config.count('max_target_positions', 'max_position_embeddings');
  return {
    parameters:
      vocabulary * hidden +
      inputSize(config, hidden) +
      encoders * encoderLayer(hidden, encoderInner) +
      decoders * (encoderLayer(hidden, decoderInner) + crossAttention),
    layers: decoders,
    hidden,
    ...(heads === undefined ? {} : { heads }),
    ...(context === undefined ? {} : { context }),
  };
}

/** Learned positions of both sides, or the convolutions that read a spectrogram. */
function inputSize(config: ConfigReader, hidden: number): number {
  const bands = config.count('num_mel_bins');
  if (bands !== undefined) {
    const positions = (config.count('max_source_positions') ?? 1500) + (config.count('max_target_positions') ?? 448);
    return 3 * hidden * (bands + hidden) + positions * hidden;
  }
  const isLearned = /^(?:bart|mbart|led)$/.test(config.modelType);
  return isLearned ? 2 * ((config.count('max_position_embeddings') ?? 1024) + 2) * hidden : 0;
}
