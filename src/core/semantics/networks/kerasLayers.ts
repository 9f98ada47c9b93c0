import { type LayerArguments, productOf } from './layerArguments.ts';

/** What a layer gives on: sizes of one example without the batch; not a number where one is open, such as the length of a text. */
export type Shape = readonly number[];

export interface LayerEffect {
  readonly weights: number;
  readonly shape: Shape;
}

type Layer = (layer: LayerArguments, shape: Shape, name: string) => LayerEffect;

/** Weights and shapes as in `build` and `compute_output_shape` of keras 3.15, keras/src/layers; biases always count. */
const LAYERS: readonly (readonly [RegExp, Layer])[] = [
  [/^(Input|InputLayer)$/, (layer) => ({ weights: 0, shape: layer.shape('shape', 0) })],
  [
    /^Dense$/,
    (layer, shape) => {
      const units = layer.size('units', 0);
      return { weights: (last(shape) + 1) * units, shape: [...shape.slice(0, -1), units] };
    },
  ],
  [/^Conv(olution)?[123]D$/, convolution],
  [/^(Max|Average)Pool(ing)?[123]D$/, pooling],
  [/^Global(Max|Average)Pool(ing)?[123]D$/, (_, shape) => ({ weights: 0, shape: [last(shape)] })],
  [/^Flatten$/, (_, shape) => ({ weights: 0, shape: [productOf(shape)] })],
  [/^Reshape$/, (layer) => ({ weights: 0, shape: layer.shape('target_shape', 0) })],
  [/^BatchNormalization$/, (_, shape) => ({ weights: 4 * last(shape), shape })],
  [/^LayerNormalization$/, (_, shape) => ({ weights: 2 * last(shape), shape })],
  [
    /^Embedding$/,
    (layer, shape) => {
      const width = layer.size('output_dim', 1);
      const length = layer.size('input_length', undefined, last(shape));
      return { weights: layer.size('input_dim', 0) * width, shape: [length, width] };
    },
  ],
  [/^(LSTM|GRU|SimpleRNN|CuDNN(LSTM|GRU))$/, recurrent],
  [
    /^(\w*Dropout\w*|Activation|ReLU|LeakyReLU|ELU|Softmax|Activity\w+|GaussianNoise|Masking|Rescaling|Random\w+)$/,
    (_, shape) => ({ weights: 0, shape }),
  ],
];

/** What a layer of Keras adds, by the name of its class; `undefined` for classes that are not known here. */
export function kerasLayer(name: string, layer: LayerArguments, shape: Shape): LayerEffect | undefined {
  return LAYERS.find(([pattern]) => pattern.test(name))?.[1](layer, shape, name);
}

function last(shape: Shape): number {
  return shape.at(-1) ?? Number.NaN;
}

function convolution(layer: LayerArguments, shape: Shape, name: string): LayerEffect {
  const rank = Number(name.at(-2));
  const filters = layer.size('filters', 0);
  const kernel = layer.shape('kernel_size', 1, rank);
  const strides = layer.expression('strides', 2) ? layer.shape('strides', 2, rank) : kernel.map(() => 1);
  return {
    weights: (productOf(kernel) * last(shape) + 1) * filters,
    shape: [...reduced(shape, strides), filters],
  };
}

function pooling(layer: LayerArguments, shape: Shape, name: string): LayerEffect {
  const rank = Number(name.at(-2));
  const pool = layer.expression('pool_size', 0) ? layer.shape('pool_size', 0, rank) : Array<number>(rank).fill(2);
  const strides = layer.expression('strides', 1) ? layer.shape('strides', 1, rank) : pool;
  return { weights: 0, shape: [...reduced(shape, strides), last(shape)] };
}

/** Sizes with padding, which are the largest: without it each is smaller by less than the kernel. */
function reduced(shape: Shape, strides: readonly number[]): Shape {
  return shape.slice(0, -1).map((size, axis) => Math.ceil(size / (strides[axis] ?? Number.NaN)));
}

function recurrent(layer: LayerArguments, shape: Shape, name: string): LayerEffect {
  const gates = name.endsWith('LSTM') ? 4 : name.endsWith('GRU') ? 3 : 1;
  const units = layer.size('units', 0);
  const biases = gates === 3 ? 2 : 1;
  return {
    weights: gates * units * (last(shape) + units + biases),
    shape: layer.isGiven('return_sequences') ? [...shape.slice(0, -1), units] : [units],
  };
}
