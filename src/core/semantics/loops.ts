import type { CallExpression, Expression } from '../ir/expression.ts';
import type { ForStatement, WhileStatement } from '../ir/statement.ts';
import type { Context, Frame } from './context.ts';
import { frames } from './context.ts';
import type { Evaluator } from './evaluator.ts';
import { iterationOf } from './iteration.ts';
import { forPurpose, itemPurpose, whilePurpose } from './loopPurpose.ts';
import type { Loop } from './place.ts';
import { countingTurns, tripCount } from './tripCount.ts';

function callbackLoop(call: CallExpression, evaluator: Evaluator): Loop | undefined {
  const iteration = iterationOf(call, evaluator);
  if (!iteration) return undefined;
  const { iterable, purpose } = iteration;
  return {
    form: 'callback',
    start: call.start,
    end: call.end,
    head: call.callee,
    iterable,
    purpose,
    ...turns(tripCount(iterable, evaluator)),
  };
}

/** `tf.tidy(() => …)` and `new Promise((resolve) => …)` run the function there and then. */
function runsItsArgumentOnce(call: CallExpression, evaluator: Evaluator): boolean {
  return /^(@tensorflow\/tfjs(-\w+)*\.tidy|globalThis\.Promise)$/.test(evaluator.calleeName(call) ?? '');
}

/** `(async () => { … })()` */
function isCalledInPlace(node: Expression | undefined, evaluator: Evaluator): boolean {
  const parent = node && evaluator.bound.infos.get(node)?.parent;
  return parent?.kind === 'call' && parent.callee === node;
}

/** The loops of a module. Each is judged once: its purpose is read from its whole body. */
export class Loops {
  private readonly judged = new Map<object, readonly Loop[]>();
  /** All places in one block share their context. */
  private readonly byContext = new Map<Context, readonly Loop[]>();

  constructor(private readonly evaluator: Evaluator) {}

  /** Loops around a place inside its function, innermost first; a function passed to `map` and the like is a loop body too. */
  around(context: Context): readonly Loop[] {
    const known = this.byContext.get(context);
    if (known) return known;
    const loops = this.find(context);
    this.byContext.set(context, loops);
    return loops;
  }

  private find(context: Context): readonly Loop[] {
    const loops: Loop[] = [];
    let inCallback = false;
    for (const frame of frames(context)) {
      if (frame.kind === 'class' || frame.kind === 'module') break;
      if (frame.kind === 'argument') {
        if (!inCallback) break;
        const loop = callbackLoop(frame.call, this.evaluator);
        if (loop) loops.push(loop);
        else if (!runsItsArgumentOnce(frame.call, this.evaluator)) break;
        inCallback = false;
        continue;
      }
      if (inCallback) break;
      if (frame.kind === 'function') inCallback = !isCalledInPlace(frame.node, this.evaluator);
      else loops.push(...this.of(frame));
    }
    return loops;
  }

  /** The loop that a call makes by running a function for each item of a collection: `items.map(embed)`. */
  madeBy(call: CallExpression): Loop | undefined {
    return callbackLoop(call, this.evaluator);
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

function turns(count: number | undefined): { tripCount?: number } {
  return count === undefined ? {} : { tripCount: count };
}
