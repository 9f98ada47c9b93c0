import type { Expression } from '../../ir/expression.ts';
import type { Call, Program } from '../program.ts';
import { kerasLayer, type LayerEffect, type Shape } from './kerasLayers.ts';
import { LayerArguments } from './layerArguments.ts';
import { Sizes } from './sizes.ts';

const LAYER = /(^|\.)(tf_)?keras\.(\w+\.)*?(?:layers\.(?:\w+\.)*)?(\w+)$/;
const OPEN: Shape = [Number.NaN];
const MOST_LAYERS = 200;

/**
 * Most weights of a Keras network, by the call that makes it: `Sequential` with its list and later `add`, or `Model` whose output is
 * a plain chain of layers. `undefined` unless every layer and the shape that it works on are known.
 */
export function kerasParameters(program: Program, made: Call): number | undefined {
  const { name = '' } = made;
  if (/(^|\.)keras\.(\w+\.)?Sequential$/.test(name)) return sequential(program, made);
  return /(^|\.)keras\.(\w+\.)?Model$/.test(name) ? functional(program, made) : undefined;
}

function sequential(program: Program, made: Call): number | undefined {
  const [given] = made.node.args;
  const list = given && listOf(program, given.value);
  if (given && given.name !== 'name' && !list) return undefined;
  const adds = program.methodCalls(made).filter((call) => methodOf(call) === 'add' || methodOf(call) === 'pop');
  const isPlain = adds.every((add) => methodOf(add) === 'add' && add.place.loops.length === 0 && add.node.args[0]);
  if (!isPlain) return undefined;
  return weightsOf(program, [...(list ?? []), ...adds.flatMap(({ node }) => node.args[0]?.value ?? [])]);
}

/** `Model(inputs, outputs)`: from the output back to the input. */
function functional(program: Program, made: Call): number | undefined {
  const outputs = made.node.args.find(({ name }) => name === 'outputs' || name === 'output') ?? made.node.args[1];
  const layers: Expression[] = [];
  let current = outputs && program.origin(outputs.value);
  while (current && layers.length < MOST_LAYERS) {
    const { callee, args } = current.node;
    if (layerName(current) === 'Input') return weightsOf(program, [current.node, ...layers]);
    const [input] = args;
    if (callee.kind !== 'call' || !input) return undefined;
    layers.unshift(callee);
    current = program.origin(input.value);
  }
  return undefined;
}

function weightsOf(program: Program, layers: readonly Expression[]): number | undefined {
  if (layers.length === 0) return undefined;
  let shape = OPEN;
  let sum = 0;
  for (const layer of layers) {
    const made = program.origin(layer);
    const effect = made && effectOf(program, made, shape);
    if (!effect || !Number.isFinite(effect.weights)) return undefined;
    sum += effect.weights;
    shape = effect.shape;
  }
  return sum;
}

function effectOf(program: Program, made: Call, before: Shape): LayerEffect | undefined {
  const name = layerName(made);
  if (name === undefined || made.node.args.some(({ spread }) => spread !== undefined)) return undefined;
  const layer = new LayerArguments(made.node, new Sizes(program, made.place.function, new Map()));
  const shape = layer.isGiven('input_shape')
    ? layer.shape('input_shape', undefined)
    : layer.isGiven('input_dim') && name !== 'Embedding'
      ? [layer.size('input_dim')]
      : before;
  if (name === 'InputLayer' && layer.isGiven('input_shape')) return { weights: 0, shape };
  if (name !== 'Bidirectional' && name !== 'TimeDistributed') return kerasLayer(name, layer, shape);
  const wrapped = layer.expression('layer', 0);
  const inner = wrapped && program.origin(wrapped);
  const effect = inner && effectOf(program, inner, shape);
  if (!effect || name === 'TimeDistributed') return effect;
  const width = effect.shape.at(-1) ?? Number.NaN;
  return { weights: 2 * effect.weights, shape: [...effect.shape.slice(0, -1), 2 * width] };
}

function layerName({ name = '' }: Call): string | undefined {
  return LAYER.exec(name)?.at(-1);
}

function listOf(program: Program, expression: Expression): readonly Expression[] | undefined {
  const values = program.values(expression);
  const [value] = values;
  const node = value?.kind === 'collection' && values.length === 1 ? value.node : undefined;
  return node?.kind === 'sequence' ? node.elements : undefined;
}

function methodOf({ node }: Call): string | undefined {
  return node.callee.kind === 'attribute' ? node.callee.name : undefined;
}
