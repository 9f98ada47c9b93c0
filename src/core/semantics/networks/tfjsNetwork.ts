import type { Argument, Expression } from '../../ir/expression.ts';
import type { Call, Program } from '../program.ts';
import { kerasLayer, type LayerEffect, type Shape } from './kerasLayers.ts';
import { LayerArguments } from './layerArguments.ts';
import { Sizes } from './sizes.ts';

const MAKER = /^@tensorflow\/tfjs(?:-layers)?\.(sequential|model)$/;
const LAYER = /^@tensorflow\/tfjs(?:-layers)?\.(?:layers\.)?(\w+)$/;
const OPEN: Shape = [Number.NaN];
const MOST_LAYERS = 200;

/** True for a call that makes a network of TensorFlow.js from layers. */
export function isTfjsNetwork({ name = '' }: Call): boolean {
  return MAKER.test(name);
}

/**
 * Weights of a network of TensorFlow.js, by the call that makes it: `sequential` with its list and later `add`, or `model` whose output
 * is a plain chain of `apply`. `undefined` unless every layer and the shape that it works on are known.
 */
export function tfjsParameters(program: Program, made: Call): number | undefined {
  const layers = MAKER.exec(made.name ?? '')?.[1] === 'sequential' ? sequential(program, made) : chain(program, made);
  if (!layers || layers.length === 0) return undefined;
  let shape = OPEN;
  let sum = 0;
  for (const layer of layers) {
    const effect = effectOf(program, layer, shape);
    if (!effect || !Number.isFinite(effect.weights)) return undefined;
    sum += effect.weights;
    shape = effect.shape;
  }
  return sum;
}

function sequential(program: Program, made: Call): readonly Expression[] | undefined {
  const given = made.argument('config.layers');
  if (given.kind === 'unknown') return undefined;
  const list = given.kind === 'known' ? listOf(program, given.value) : [];
  const adds = program.methodCalls(made).filter(({ node }) => isMethod(node.callee, /^(add|pop)$/));
  const added = adds.map(({ node, place }) =>
    isMethod(node.callee, /^add$/) && place.loops.length === 0 ? node.args[0]?.value : undefined,
  );
  return list && added.every((layer) => layer !== undefined) ? [...list, ...added] : undefined;
}

/** `tf.model({ inputs, outputs })`: from the output back to the input. */
function chain(program: Program, made: Call): readonly Expression[] | undefined {
  const outputs = made.argument('args.outputs');
  const layers: Expression[] = [];
  let current = outputs.kind === 'known' ? program.origin(outputs.value) : undefined;
  while (current && layers.length < MOST_LAYERS) {
    const { callee, args } = current.node;
    if (/\.input$/.test(current.name ?? '')) return [current.node, ...layers];
    const [input] = args;
    if (!isMethod(callee, /^apply$/) || callee.kind !== 'attribute' || !input) return undefined;
    layers.unshift(callee.object);
    current = program.origin(input.value);
  }
  return undefined;
}

function effectOf(program: Program, layer: Expression, before: Shape): LayerEffect | undefined {
  const made = program.origin(layer);
  const name = LAYER.exec(made?.name ?? '')?.[1];
  const options = made && optionsOf(program, made);
  if (!made || name === undefined || !options) return undefined;
  const given = new LayerArguments({ ...made.node, args: options }, new Sizes(program, made.place.function, new Map()));
  const shape = given.isGiven('input_shape') ? given.shape('input_shape', undefined) : before;
  if (name === 'inputLayer' && given.isGiven('input_shape')) return { weights: 0, shape };
  return kerasLayer(kerasName(name), given, shape);
}

/** The options object as the keywords that Keras has: `inputShape` as `input_shape`. `undefined` where it cannot be read. */
function optionsOf(program: Program, { node: { args } }: Call): readonly Argument[] | undefined {
  const [first] = args;
  if (!first) return [];
  const [value, ...others] = program.values(first.value);
  const written = value?.kind === 'collection' && others.length === 0 ? value.node : undefined;
  if (written?.kind !== 'mapping') return undefined;
  const options: Argument[] = [];
  for (const { key, value: option, isSpread, start, end } of written.entries) {
    if (key === undefined || isSpread) return undefined;
    const name = key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    options.push({ name, value: option, start, end });
  }
  return options;
}

/** `maxPooling2d` is `MaxPooling2D` there, `lstm` is `LSTM`. */
function kerasName(name: string): string {
  if (/^(lstm|gru)$/.test(name)) return name.toUpperCase();
  const first = name.slice(0, 1).toUpperCase();
  return `${first}${name.slice(1).replace(/(\d)d$/, '$1D')}`;
}

function listOf(program: Program, expression: Expression): readonly Expression[] | undefined {
  const [value, ...others] = program.values(expression);
  const node = value?.kind === 'collection' && others.length === 0 ? value.node : undefined;
  return node?.kind === 'sequence' ? node.elements : undefined;
}

function isMethod(callee: Expression, name: RegExp): boolean {
  return callee.kind === 'attribute' && name.test(callee.name);
}
