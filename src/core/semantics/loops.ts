import type { CallExpression, Expression } from '../ir/expression.ts';
import type { ForStatement, WhileStatement } from '../ir/statement.ts';
import type { Context, Frame } from './context.ts';
import { frames } from './context.ts';
import type { Evaluator } from './evaluator.ts';
import { forPurpose, itemPurpose, whilePurpose } from './loopPurpose.ts';
import type { Loop } from './place.ts';
import { countingTurns, tripCount } from './tripCount.ts';
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
      ...turns(tripCount(clause.iterable, evaluator)),
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
      ...(statement.iterable ? { iterable: statement.iterable } : {}),
      ...turns(statement.iterable ? tripCount(statement.iterable, evaluator) : countingTurns(statement, evaluator)),
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
    ...turns(tripCount(iterable, evaluator)),
  };
}

function turns(count: number | undefined): { tripCount?: number } {
  return count === undefined ? {} : { tripCount: count };
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
