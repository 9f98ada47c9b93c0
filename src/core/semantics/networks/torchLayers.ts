import type { CallExpression } from '../../ir/expression.ts';
import { LayerArguments } from './layerArguments.ts';
import type { Sizes } from './sizes.ts';

type Formula = (layer: LayerArguments, name: string) => number;

/** Numbers of weights as in the constructors of torch 2.14, torch/nn/modules; each is a ceiling: biases count, groups do not. */
const FORMULAS: readonly (readonly [RegExp, Formula])[] = [
  [/^Linear$/, (layer) => (layer.size('in_features', 0) + 1) * layer.size('out_features', 1)],
  [
    /^Bilinear$/,
    (layer) => (layer.size('in1_features', 0) * layer.size('in2_features', 1) + 1) * layer.size('out_features', 2),
  ],
  [
    /^Conv(Transpose)?[123]d$/,
    (layer, name) => {
      const kernel = layer.product('kernel_size', 2, Number(name.at(-2)));
      return (layer.size('in_channels', 0) * kernel + 1) * layer.size('out_channels', 1);
    },
  ],
  [/^Embedding(Bag)?$/, (layer) => layer.size('num_embeddings', 0) * layer.size('embedding_dim', 1)],
  [/^(RNN|GRU|LSTM)$/, (layer, name) => recurrent(layer, gatesOf(name))],
  [
    /^(RNN|GRU|LSTM)Cell$/,
    (layer, name) => gates(layer.size('input_size', 0), layer.size('hidden_size', 1), gatesOf(name.slice(0, -4))),
  ],
  [/^LayerNorm$/, (layer) => 2 * layer.product('normalized_shape', 0)],
  [/^RMSNorm$/, (layer) => layer.product('normalized_shape', 0)],
  [/^(Sync)?BatchNorm([123]d)?$|^InstanceNorm[123]d$/, (layer) => 2 * layer.size('num_features', 0)],
  [/^GroupNorm$/, (layer) => 2 * layer.size('num_channels', 1)],
  [/^PReLU$/, (layer) => layer.size('num_parameters', 0, 1)],
  [
    /^MultiheadAttention$/,
    (layer) => (layer.isGiven('kdim') || layer.isGiven('vdim') ? Number.NaN : attention(layer.size('embed_dim', 0))),
  ],
  [/^TransformerEncoderLayer$/, (layer) => transformerLayer(layer, 1)],
  [/^TransformerDecoderLayer$/, (layer) => transformerLayer(layer, 2)],
];

/** Modules without weights of their own; those in a container are counted where they are made. */
const WEIGHTLESS =
  /^((Leaky|R|C?E|S|G|)(ReLU6?|LU)|ReLU6|Sigmoid|Tanh|Hard\w+|LogSigmoid|Softplus|Softsign|Soft(max|min|shrink)(2d)?|LogSoftmax|SiLU|Mish|GLU|Threshold|\w*Dropout([123]d)?|\w*Pool[123]d|Flatten|Unflatten|Identity|\w*Pad[123]d|Upsample|Upsampling\w+|Pixel(Uns|S)huffle|ChannelShuffle|Fold|Unfold|CosineSimilarity|PairwiseDistance|\w+Loss|LocalResponseNorm|Sequential|Module|Module(List|Dict)|Parameter(List|Dict)|DataParallel)$/;

/**
 * Most weights of a layer of torch.nn, by the name of its class; `undefined` for classes that are not known here and where the
 * arguments do not tell.
 */
export function layerParameters(name: string, call: CallExpression, sizes: Sizes): number | undefined {
  if (WEIGHTLESS.test(name)) return 0;
  const formula = FORMULAS.find(([pattern]) => pattern.test(name))?.[1];
  if (!formula || call.args.some(({ spread }) => spread !== undefined)) return undefined;
  const count = formula(new LayerArguments(call, sizes), name);
  return Number.isFinite(count) && count >= 0 ? count : undefined;
}

function gatesOf(name: string): number {
  return { RNN: 1, GRU: 3, LSTM: 4 }[name] ?? Number.NaN;
}

function gates(input: number, hidden: number, count: number): number {
  return count * hidden * (input + hidden + 2);
}

function recurrent(layer: LayerArguments, count: number): number {
  if (layer.isGiven('proj_size')) return Number.NaN;
  const hidden = layer.size('hidden_size', 1);
  const layers = layer.size('num_layers', 2, 1);
  // Whatever is given there may be true.
  const directions = layer.expression('bidirectional', 6) ? 2 : 1;
  const first = gates(layer.size('input_size', 0), hidden, count);
  return directions * (first + (layers - 1) * gates(directions * hidden, hidden, count));
}

function attention(width: number): number {
  return 4 * width * (width + 1);
}

function transformerLayer(layer: LayerArguments, attentions: number): number {
  const width = layer.size('d_model', 0);
  const inner = layer.size('dim_feedforward', 2, 2048);
  const norms = 2 * width * (attentions + 1);
  return attentions * attention(width) + 2 * width * inner + inner + width + norms;
}
