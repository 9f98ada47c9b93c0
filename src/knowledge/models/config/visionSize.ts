import type { ConfigReader } from './configReader.ts';
import { encoderLayer } from './encoderSize.ts';
import type { NetworkSize } from './networkSize.ts';

/** A vision transformer (ViT, DeiT, BEiT, DINOv2, the image side of CLIP and SigLIP). */
export function visionSize(config: ConfigReader): NetworkSize | undefined {
  const hidden = config.count('hidden_size', 'embed_dim');
  const layers = config.count('num_hidden_layers', 'depth');
  const heads = config.count('num_attention_heads', 'num_heads');
  const patch = config.count('patch_size', 'spatial_patch_size');
  if (!hidden || !layers || !patch) return undefined;
  const inner = config.count('intermediate_size') ?? hidden * (config.count('mlp_ratio') ?? 4);
  const image = config.count('image_size') ?? 224;
  const patches = Math.floor(image / patch) ** 2;
  const stem = ((config.count('num_channels') ?? 3) * patch ** 2 + 1) * hidden;
  return {
    parameters: stem + (patches + 2) * hidden + layers * encoderLayer(hidden, inner) + 2 * hidden,
    layers,
    hidden,
    ...(heads === undefined ? {} : { heads }),
  };
}

/** wav2vec 2.0, HuBERT, WavLM: convolutions over the waveform, then an encoder. */
export function waveformSize(config: ConfigReader): NetworkSize | undefined {
  const hidden = config.count('hidden_size');
  const layers = config.count('num_hidden_layers');
  const heads = config.count('num_attention_heads');
  if (!hidden || !layers) return undefined;
  const inner = config.count('intermediate_size') ?? 4 * hidden;
  const widths = config.list('conv_dim').map(Number);
  const kernels = config.list('conv_kernel').map(Number);
  const convolutions = widths.reduce(
    (sum, width, at) => sum + width * (at === 0 ? 1 : (widths[at - 1] ?? 1)) * (kernels[at] ?? 3),
    0,
  );
  const positions =
    (hidden ** 2 * (config.count('num_conv_pos_embeddings') ?? 128)) /
    (config.count('num_conv_pos_embedding_groups') ?? 16);
  return {
    parameters: convolutions + (widths.at(-1) ?? 512) * hidden + positions + layers * encoderLayer(hidden, inner),
    layers,
    hidden,
    ...(heads === undefined ? {} : { heads }),
  };
}
