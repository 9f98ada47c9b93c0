import { childExpressions, nestedBodies, statementExpressions } from '../ir/children.ts';
import type { CallExpression, Expression } from '../ir/expression.ts';
import type { ForStatement, Statement, WhileStatement } from '../ir/statement.ts';
import type { Context, Frame } from './context.ts';
import { frames } from './context.ts';
import type { Evaluator } from './evaluator.ts';
import type { Loop } from './place.ts';
import type { Value } from './value.ts';

/** Array methods of JavaScript that call their argument once per element. */
const ITERATION_METHODS = new Set([
  'map',
  'forEach',
  'flatMap',
  'filter',
  'reduce',
  'some',
  'every',
  'find',
  'findIndex',
]);
/** Python callables that call their first argument once per element. */
const PYTHON_MAPPERS =
  /^(builtins\.(map|filter)|concurrent\.futures\.(Thread|Process)PoolExecutor\.map|multiprocessing\.(pool\.)?(Thread)?Pool\.(map|imap|imap_unordered|starmap))$/;
const DATA_LOADER = /(^|\.)DataLoader$/;
/** Wrappers that hand on the elements of their first argument. */
const PASS_THROUGH =
  /^(tqdm(\.\w+)*\.(tqdm|trange)|builtins\.(enumerate|list|iter|sorted|reversed|tuple)|rich\.progress\.track|fastprogress\.\w*\.?progress_bar)$/;
const USER_INPUT = /^(builtins\.input|streamlit\.(text_input|chat_input)|(node:)?readline.*\.question)$/;

/** The loops of a module. Each is judged once: its purpose is read from its whole body. */
export class Loops {
  private readonly judged = new Map<object, readonly Loop[]>();

  constructor(private readonly evaluator: Evaluator) {}

  /** Loops around a place inside its function, innermost first; a function passed to `map` and the like is a loop body too. */
  around(context: Context): readonly Loop[] {
    const loops: Loop[] = [];
    let inCallback = false;
    for (const frame of frames(context)) {
      if (frame.kind === 'class' || frame.kind === 'module') break;
      if (frame.kind === 'argument') {
        const loop = inCallback ? callbackLoop(frame.call, this.evaluator) : undefined;
        if (!loop) break;
        loops.push(loop);
        inCallback = false;
        continue;
      }
      if (inCallback) break;
      if (frame.kind === 'function') inCallback = true;
      else loops.push(...this.of(frame));
    }
    return loops;
  }

  private of(frame: Frame): readonly Loop[] {
    if (frame.kind !== 'loop' && frame.kind !== 'comprehension') return [];
    const known = this.judged.get(frame);
    if (known) return known;
    const loops = loopOf(frame, this.evaluator);
    this.judged.set(frame, loops);
    return loops;
  }
}

function loopOf(frame: Frame & { kind: 'loop' | 'comprehension' }, evaluator: Evaluator): readonly Loop[] {
  if (frame.kind === 'comprehension') {
    return frame.expression.clauses.map((clause) => ({
      form: 'comprehension',
      start: frame.expression.start,
      end: frame.expression.end,
      head: clause,
      target: clause.target,
      iterable: clause.iterable,
      purpose: itemPurpose(clause.target, clause.iterable, evaluator),
      ...tripCount(clause.iterable, evaluator),
    }));
  }
  const { statement } = frame;
  const head = { start: statement.start, end: headEnd(statement) };
  if (statement.kind === 'while') {
    return [
      { form: 'while', start: statement.start, end: statement.end, head, purpose: whilePurpose(statement, evaluator) },
    ];
  }
  return [
    {
      form: 'for',
      start: statement.start,
      end: statement.end,
      head,
      purpose: forPurpose(statement, evaluator),
      ...(statement.target ? { target: statement.target } : {}),
      ...(statement.iterable ? { iterable: statement.iterable, ...tripCount(statement.iterable, evaluator) } : {}),
    },
  ];
}

function headEnd(statement: ForStatement | WhileStatement): number {
  if (statement.kind === 'while') return statement.isPostTest ? statement.start : statement.test.end;
  return (statement.update ?? statement.iterable ?? statement.test ?? statement.target)?.end ?? statement.start;
}

function callbackLoop(call: CallExpression, evaluator: Evaluator): Loop | undefined {
  const iterable = mappedCollection(call, evaluator);
  if (!iterable) return undefined;
  return {
    form: 'callback',
    start: call.start,
    end: call.end,
    head: call.callee,
    iterable,
    purpose: 'items',
    ...tripCount(iterable, evaluator),
  };
}

/**
 * Collection whose elements a call hands to its function argument. A `map` of a library object (a data set, a tensor) is that
 * library's own and is judged by its API data, so only receivers without a library type count as arrays.
 */
function mappedCollection(call: CallExpression, evaluator: Evaluator): Expression | undefined {
  const name = evaluator.calleeName(call);
  if (name && PYTHON_MAPPERS.test(name)) return call.args[1]?.value;
  if (call.callee.kind !== 'attribute' || !ITERATION_METHODS.has(call.callee.name)) return undefined;
  if (evaluator.isPython) return undefined;
  return evaluator.values(call.callee.object).some(isLibraryObject) ? undefined : call.callee.object;
}

/** An object of a library class; results of plain functions and the project's own exports are taken for arrays. */
function isLibraryObject(value: Value): boolean {
  if (value.kind === 'symbol') return !/^[./~]|^@\/|^globalThis\./.test(value.name);
  return value.kind === 'instance' && !value.type.endsWith('()') && !value.type.startsWith('globalThis.');
}

function forPurpose(statement: ForStatement, evaluator: Evaluator): Loop['purpose'] {
  if (leavesInFirstTurn(statement.body)) return 'singlePass';
  if (readsInput(statement.body, evaluator)) return 'interactive';
  if (isRetry(statement.body, statement.target)) return 'retry';
  if (statement.form === 'count') return 'unknown';
  return itemPurpose(statement.target, statement.iterable, evaluator);
}

function whilePurpose(statement: WhileStatement, evaluator: Evaluator): Loop['purpose'] {
  if (leavesInFirstTurn(statement.body)) return 'singlePass';
  if (readsInput(statement.body, evaluator)) return 'interactive';
  return isRetry(statement.body, undefined) ? 'retry' : 'unknown';
}

function itemPurpose(
  target: Expression | undefined,
  iterable: Expression | undefined,
  evaluator: Evaluator,
): Loop['purpose'] {
  if (target?.kind === 'name' && /^(epochs?|ep|num_epoch)$|epoch/i.test(target.name)) return 'epochs';
  const source = iterable && unwrapIterable(iterable, evaluator);
  if (source && evaluator.values(source).some((value) => value.kind === 'instance' && DATA_LOADER.test(value.type)))
    return 'batches';
  if (source?.kind === 'name' && /loader|batches/i.test(source.name)) return 'batches';
  if (source?.kind === 'attribute' && /loader|batches/i.test(source.name)) return 'batches';
  return 'items';
}

/** Through `tqdm(…)`, `enumerate(…)` and the like to what is really iterated. */
export function unwrapIterable(iterable: Expression, evaluator: Evaluator): Expression {
  let current = iterable;
  while (current.kind === 'call') {
    const name = evaluator.calleeName(current);
    const first = current.args[0]?.value;
    if (!name || !first || !PASS_THROUGH.test(name)) return current;
    current = first;
  }
  return current;
}

function tripCount(iterable: Expression, evaluator: Evaluator): { tripCount?: number } {
  const source = unwrapIterable(iterable, evaluator);
  if (source.kind === 'call' && evaluator.calleeName(source) === 'builtins.range') return rangeCount(source, evaluator);
  const values = evaluator.values(source);
  const [value] = values;
  if (values.length !== 1 || value?.kind !== 'collection') return {};
  if (value.node.kind === 'sequence' && !value.node.elements.some((element) => element.kind === 'spread')) {
    return { tripCount: value.node.elements.length };
  }
  if (value.node.kind === 'mapping' && !value.node.entries.some((entry) => entry.isSpread))
    return { tripCount: value.node.entries.length };
  return {};
}

function rangeCount(range: CallExpression, evaluator: Evaluator): { tripCount?: number } {
  const bounds = range.args.map((argument) => {
    const values = evaluator.values(argument.value);
    const [value] = values;
    return values.length === 1 && value?.kind === 'constant' && typeof value.value === 'number'
      ? value.value
      : undefined;
  });
  if (bounds.length === 0 || bounds.some((bound) => bound === undefined)) return {};
  const [start = 0, stop = 0, step = 1] = bounds.length === 1 ? [0, bounds[0]] : bounds;
  return step === 0 ? {} : { tripCount: Math.max(0, Math.ceil((stop - start) / step)) };
}

function leavesInFirstTurn(body: readonly Statement[]): boolean {
  const last = body.at(-1);
  return last?.kind === 'break' || last?.kind === 'return';
}

function isRetry(body: readonly Statement[], target: Expression | undefined): boolean {
  if (target?.kind === 'name' && /retr(y|ies)|attempt|tries/i.test(target.name)) return true;
  return body.some(
    (statement) =>
      statement.kind === 'try' &&
      [...statement.body, ...statement.orElse].some((inner) => inner.kind === 'break' || inner.kind === 'return') &&
      statement.handlers.every((handler) => !handler.body.some((inner) => inner.kind === 'return')),
  );
}

function readsInput(body: readonly Statement[], evaluator: Evaluator): boolean {
  return body.some(
    (statement) =>
      statementExpressions(statement).some((expression) => containsInput(expression, evaluator)) ||
      nestedBodies(statement).some((nested) => readsInput(nested, evaluator)),
  );
}

function containsInput(expression: Expression, evaluator: Evaluator): boolean {
  if (expression.kind === 'call') {
    const name = evaluator.calleeName(expression);
    if (name && USER_INPUT.test(name)) return true;
  }
  return childExpressions(expression).some((child) => containsInput(child, evaluator));
}
