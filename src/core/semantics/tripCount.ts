import type { CallExpression, Expression } from '../ir/expression.ts';
import type { ForStatement } from '../ir/statement.ts';
import type { Evaluator } from './evaluator.ts';

/** Wrappers that hand on the elements of their first argument. */
const PASS_THROUGH =
  /^(tqdm(\.\w+)*\.tqdm|builtins\.(enumerate|list|iter|sorted|reversed|tuple|set)|rich\.progress\.track|fastprogress(\.\w+)*\.(progress_bar|master_bar|pb|mb)|globalThis\.Array\.from|globalThis\.Object\.(keys|values|entries))$/;
const PASS_THROUGH_METHODS = /^(items|keys|values|entries|toSorted|toReversed|reverse|sort|copy)$/;
const RANGE = /^(builtins\.range|numpy\.arange|tqdm(\.\w+)*\.trange)$/;

/** Through `tqdm(…)`, `enumerate(…)`, `Object.keys(…)` and the like to what is really iterated. */
export function unwrapIterable(iterable: Expression, evaluator: Evaluator): Expression {
  let current = iterable;
  while (current.kind === 'call') {
    const name = evaluator.calleeName(current);
    const [first] = current.args;
    if (!name || !first || first.spread || !PASS_THROUGH.test(name)) return current;
    current = first.value;
  }
  return current;
}

/** Most turns that a loop over the iterable takes, where the text proves it. */
export function tripCount(iterable: Expression, evaluator: Evaluator): number | undefined {
  const source = unwrapIterable(iterable, evaluator);
  if (source.kind === 'subscript') return sliceCount(source, evaluator) ?? countOfValue(source, evaluator);
  return source.kind === 'call' ? callCount(source, evaluator) : countOfValue(source, evaluator);
}

function callCount(call: CallExpression, evaluator: Evaluator): number | undefined {
  const name = evaluator.calleeName(call) ?? '';
  const [first, second] = call.args;
  if (RANGE.test(name)) return rangeCount(call, evaluator);
  if (name === 'builtins.zip') return least(call.args.map(({ value }) => tripCount(value, evaluator)));
  if (name === 'itertools.islice' && call.args.length === 2 && second)
    return least([first && tripCount(first.value, evaluator), numberOf(second.value, evaluator)]);
  const { callee } = call;
  if (callee.kind !== 'attribute') return countOfValue(call, evaluator);
  if (callee.name === 'slice') return methodSliceCount(call, callee.object, evaluator);
  if (callee.name === 'split' && call.args.length <= 1) return splitCount(callee.object, first?.value, evaluator);
  if (call.args.length === 0 && PASS_THROUGH_METHODS.test(callee.name)) return tripCount(callee.object, evaluator);
  return countOfValue(call, evaluator);
}

function countOfValue(source: Expression, evaluator: Evaluator): number | undefined {
  const values = evaluator.values(source);
  const [value] = values;
  if (values.length !== 1 || value?.kind !== 'collection') {
    const call = value?.kind === 'instance' && values.length === 1 ? value.call : undefined;
    return call && call !== source && RANGE.test(evaluator.calleeName(call) ?? '')
      ? rangeCount(call, evaluator)
      : undefined;
  }
  if (evaluator.mutations.mayChange(source, '0') || evaluator.mutations.mayGrow(value.node)) return undefined;
  if (value.node.kind === 'sequence')
    return value.node.elements.some((element) => element.kind === 'spread') ? undefined : value.node.elements.length;
  if (value.node.kind !== 'mapping' || value.node.entries.some((entry) => entry.isSpread)) return undefined;
  const length = value.node.entries.find((entry) => entry.key === 'length');
  // `Array.from({ length: 5 })`.
  return length && value.node.entries.length === 1 ? numberOf(length.value, evaluator) : value.node.entries.length;
}

function rangeCount(range: CallExpression, evaluator: Evaluator): number | undefined {
  const bounds = range.args.filter(({ name }) => name === undefined).map(({ value }) => numberOf(value, evaluator));
  const [start = 0, stop = 0, step = 1] = bounds.length === 1 ? [0, bounds[0]] : bounds;
  if (bounds.length === 0 || bounds.some((bound) => bound === undefined) || step === 0) return undefined;
  return Math.max(0, Math.ceil((stop - start) / step));
}

/** `xs[:10]` has ten elements at most. */
function sliceCount(node: Expression & { kind: 'subscript' }, evaluator: Evaluator): number | undefined {
  const [slice] = node.indices;
  if (node.indices.length !== 1 || slice?.kind !== 'operation' || slice.operator !== 'slice') return undefined;
  const [start, stop] = slice.operands.map((bound) => constantOf(bound, evaluator));
  const from = start === null ? 0 : start;
  const span =
    typeof from === 'number' && typeof stop === 'number' && from >= 0 && stop >= 0
      ? Math.max(0, stop - from)
      : undefined;
  return least([span, tripCount(node.object, evaluator)]);
}

function methodSliceCount(call: CallExpression, object: Expression, evaluator: Evaluator): number | undefined {
  const [from, to] = call.args.map(({ value }) => numberOf(value, evaluator));
  const whole = tripCount(object, evaluator);
  const span = from !== undefined && to !== undefined && from >= 0 && to >= from ? to - from : undefined;
  return least([whole, span]);
}

function splitCount(object: Expression, separator: Expression | undefined, evaluator: Evaluator): number | undefined {
  const text = constantOf(object, evaluator);
  const at = separator && constantOf(separator, evaluator);
  if (typeof text !== 'string') return undefined;
  if (separator === undefined) return text.split(/\s+/).filter((part) => part !== '').length;
  return typeof at === 'string' ? text.split(at).length : undefined;
}

/** `for (let i = 0; i < 10; i += 2)`: turns of a counting loop whose bounds are constants. */
export function countingTurns(statement: ForStatement, evaluator: Evaluator): number | undefined {
  const [start] = statement.init ?? [];
  const { test, update } = statement;
  if (start?.kind !== 'assign' || !start.value || test?.kind !== 'operation' || update?.kind !== 'assignment')
    return undefined;
  const [counter] = start.targets;
  const [left, right] = test.operands;
  if (counter?.kind !== 'name' || left?.kind !== 'name' || left.name !== counter.name || !right) return undefined;
  if (update.target.kind !== 'name' || update.target.name !== counter.name) return undefined;
  const from = numberOf(start.value, evaluator);
  const to = numberOf(right, evaluator);
  const step = update.operator === '++' ? 1 : update.operator === '+=' ? numberOf(update.value, evaluator) : undefined;
  if (from === undefined || to === undefined || step === undefined || step <= 0) return undefined;
  if (test.operator === '<') return Math.max(0, Math.ceil((to - from) / step));
  return test.operator === '<=' ? Math.max(0, Math.floor((to - from) / step) + 1) : undefined;
}

function least(counts: readonly (number | undefined)[]): number | undefined {
  const known = counts.filter((count) => count !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}

function numberOf(expression: Expression, evaluator: Evaluator): number | undefined {
  const value = constantOf(expression, evaluator);
  return typeof value === 'number' ? value : undefined;
}

function constantOf(expression: Expression, evaluator: Evaluator): string | number | boolean | null | undefined {
  const values = evaluator.values(expression);
  const [value] = values;
  return values.length === 1 && value?.kind === 'constant' ? value.value : undefined;
}
