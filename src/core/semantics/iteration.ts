import type { CallExpression, Expression } from '../ir/expression.ts';
import type { Evaluator } from './evaluator.ts';
import type { Loop } from './place.ts';
import type { Value } from './value.ts';

/** Array methods of JavaScript that call their argument once per element. */
const ITERATION_METHODS = /^(map|forEach|flatMap|filter|reduce|some|every|find|findIndex)$/;
/** Packages whose function takes a collection and calls its second argument once per element. */
const SCRIPT_MAPPERS =
  /^(p-map\.default|p-(all|each-series|map-series)\.default|bluebird(\.default)?\.(map|each|mapSeries)|async(\.default)?\.(each|map)(Series|Limit)?)$/;
/** Python callables that call their first argument once per element of the second. */
const PYTHON_MAPPERS =
  /^(builtins\.(map|filter)|concurrent\.futures\.(Thread|Process)PoolExecutor\.map|multiprocessing\.(pool\.)?(Thread)?Pool\.(map|imap|imap_unordered|starmap)|tqdm\.contrib\.concurrent\.(thread|process)_map)$/;
/** Methods of tables and data sets that call their argument once per row. */
const ROW_METHODS = /^(apply|map|applymap|progress_apply|parallel_apply|transform|agg)$/;
const DATASET_MAP = /^datasets\.[\w.()]*\.(map|filter)$/;

/** A collection whose elements a call hands to its function argument. */
interface Iteration {
  readonly iterable: Expression;
  readonly purpose: Loop['purpose'];
}

export function iterationOf(call: CallExpression, evaluator: Evaluator): Iteration | undefined {
  return evaluator.isPython ? pythonIteration(call, evaluator) : scriptIteration(call, evaluator);
}

function pythonIteration(call: CallExpression, evaluator: Evaluator): Iteration | undefined {
  const { callee, args } = call;
  const name = evaluator.calleeName(call) ?? '';
  if (PYTHON_MAPPERS.test(name)) return items(args[1]?.value);
  if (callee.kind !== 'attribute') return undefined;
  if (DATASET_MAP.test(name)) {
    const isBatched = args.some((argument) => argument.name === 'batched' && !isFalse(argument.value, evaluator));
    return { iterable: callee.object, purpose: isBatched ? 'batches' : 'items' };
  }
  return ROW_METHODS.test(callee.name) && isTable(callee.object, evaluator) ? items(callee.object) : undefined;
}

/**
 * A `map` of a library object (a data set, a tensor) is that library's own and is judged by its API data, so only receivers without
 * a library type count as arrays.
 */
function scriptIteration(call: CallExpression, evaluator: Evaluator): Iteration | undefined {
  const { callee, args } = call;
  const name = evaluator.calleeName(call);
  if (name && SCRIPT_MAPPERS.test(name)) return items(args[0]?.value);
  if (callee.kind !== 'attribute') return undefined;
  // Elements of a TensorFlow.js data set are mostly batches.
  if (callee.name === 'forEachAsync') return { iterable: callee.object, purpose: 'batches' };
  if (!ITERATION_METHODS.test(callee.name)) return undefined;
  return evaluator.values(callee.object).some(isLibraryObject) ? undefined : items(callee.object);
}

function items(iterable: Expression | undefined): Iteration | undefined {
  return iterable && { iterable, purpose: 'items' };
}

/** A pandas object, or a column of one: `df["text"]`, `df.text`. */
function isTable(expression: Expression, evaluator: Evaluator): boolean {
  const values = evaluator.values(expression);
  if (values.some((value) => value.kind === 'instance' && /^pandas\.(DataFrame|Series)$/.test(value.type))) return true;
  const isPart =
    expression.kind === 'subscript' || (expression.kind === 'attribute' && /^[a-z_]\w*$/.test(expression.name));
  return isPart && isTable(expression.object, evaluator);
}

/** An object of a library class; results of plain functions and the project's own exports are taken for arrays. */
function isLibraryObject(value: Value): boolean {
  if (value.kind === 'symbol') return !/^[./~]|^@\/|^globalThis\./.test(value.name);
  return value.kind === 'instance' && !value.type.endsWith('()') && !value.type.startsWith('globalThis.');
}

function isFalse(expression: Expression, evaluator: Evaluator): boolean {
  const [value] = evaluator.values(expression);
  return value?.kind === 'constant' && value.value === false;
}
