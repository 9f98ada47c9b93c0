import type { FunctionDefinition } from '../../src/core/ir/definition.ts';
import type { Expression } from '../../src/core/ir/expression.ts';
import { walk } from '../../src/core/ir/walk.ts';
import type { Program } from '../../src/core/semantics/program.ts';
import { writtenSource } from '../shared/writtenSource.ts';

const MOST_STEPS = 12;
/** Steps of a data set that give its elements on as they are. */
const PASSES = /^(shuffle|repeat|take|skip|prefetch|filter)$/;
/** Steps of a tensor that keep its shape. */
const SHAPED = /\.Tensor\.(toFloat|toInt|cast|div|mul|sub|add|sqrt|square|clipByValue|neg|abs)$/;
const WITH_VALUES = /\.tensor[2-6]d$/;
/** What gives a shape in its first argument, and in its second. */
const SHAPE_FIRST = /\.(zeros|ones|fill|randomNormal|randomUniform|truncatedNormal|Tensor\.reshape)$/;
const SHAPE_SECOND = /tfjs\.reshape$/;

/**
 * The tensor with a first dimension of 1 that every element of an unbatched data set has as its input: what `fitDataset` takes for a
 * batch. `undefined` where the elements or their shape cannot be read.
 */
export function singleBatch(dataset: Expression, program: Program): Expression | undefined {
  const element = elementOf(dataset, program);
  const inputs = element && inputsOf(writtenSource(element, program));
  return inputs && hasLeadingOne(inputs, program) ? inputs : undefined;
}

function elementOf(dataset: Expression, program: Program): Expression | undefined {
  let current = dataset;
  for (let step = 0; step < MOST_STEPS; step++) {
    const source = writtenSource(current, program);
    if (source.kind !== 'call' || source.callee.kind !== 'attribute') return undefined;
    const { object, name } = source.callee;
    const [first] = source.args;
    if (PASSES.test(name)) current = object;
    else if (/^map(Async)?$/.test(name)) return first && only(functionOf(first.value, program), 'return');
    else if (name === 'generator') return first && only(functionOf(first.value, program), 'yield');
    else return undefined;
  }
  return undefined;
}

function functionOf(expression: Expression, program: Program): FunctionDefinition | undefined {
  const [value, ...others] = program.values(expression);
  return value?.kind === 'function' && others.length === 0 ? value.definition : undefined;
}

/** What a function returns or yields, where it does so in one place. */
function only(definition: FunctionDefinition | undefined, how: 'return' | 'yield'): Expression | undefined {
  const found: Expression[] = [];
  for (const { node } of walk(definition?.body ?? [])) {
    if (node.kind === how && node.value) found.push(node.value);
  }
  return found.length === 1 ? found[0] : undefined;
}

/** `{ xs, ys }` and `[xs, ys]`. */
function inputsOf(element: Expression): Expression | undefined {
  if (element.kind === 'mapping') return element.entries.find(({ key }) => key === 'xs')?.value;
  return element.kind === 'sequence' ? element.elements[0] : undefined;
}

function hasLeadingOne(tensor: Expression, program: Program, depth = 0): boolean {
  const source = writtenSource(tensor, program);
  if (source.kind !== 'call' || depth > MOST_STEPS) return false;
  const { callee, args } = source;
  const name = program.callOf(source)?.name ?? '';
  const [first, second] = args;
  if (!name.startsWith('@tensorflow/tfjs.')) return false;
  const inside = (part: Expression | undefined): boolean =>
    part !== undefined && hasLeadingOne(part, program, depth + 1);
  if (name.endsWith('.tidy')) return first !== undefined && inside(only(functionOf(first.value, program), 'return'));
  if (WITH_VALUES.test(name)) return second ? isShapeOfOne(second.value, program) : isOneRow(first?.value, program);
  if (SHAPE_FIRST.test(name)) return isShapeOfOne(first?.value, program);
  if (SHAPE_SECOND.test(name)) return isShapeOfOne(second?.value, program);
  if (name.endsWith('.expandDims')) {
    const axis = name.endsWith('.Tensor.expandDims') ? first : second;
    return axis === undefined || isNumber(axis.value, 0, program);
  }
  return SHAPED.test(name) && callee.kind === 'attribute' && inside(callee.object);
}

/** `[1, 10]` */
function isShapeOfOne(shape: Expression | undefined, program: Program): boolean {
  const source = shape && writtenSource(shape, program);
  const first = source?.kind === 'sequence' && source.elements.length > 1 ? source.elements[0] : undefined;
  return first !== undefined && isNumber(first, 1, program);
}

/** `[features]` or `[[1, 2]]`: one row, which the rank of the tensor tells to be an array itself. */
function isOneRow(values: Expression | undefined, program: Program): boolean {
  const source = values && writtenSource(values, program);
  return source?.kind === 'sequence' && source.elements.length === 1 && source.elements[0]?.kind !== 'spread';
}

function isNumber(expression: Expression, wanted: number, program: Program): boolean {
  const value = program.constant(expression);
  return value.kind === 'known' && value.value === wanted;
}
