import type { Expression } from '../../ir/expression.ts';
import type { Statement, TryStatement } from '../../ir/statement.ts';
import type { Frame } from '../context.ts';
import { bindExpression } from './bindExpression.ts';
import type { BindingWalk, LoopFlow } from './bindingWalk.ts';
import { bindBlock, bindStatements } from './bindStatement.ts';
import { bindTarget } from './bindTarget.ts';
import { caseParts } from './casePattern.ts';
import { FlowState, union } from './flowState.ts';
import { declareBlock } from './predeclare.ts';
import { Scope } from './scope.ts';

export function bindBranch(walk: BindingWalk, node: Statement & { kind: 'if' }): void {
  bindExpression(walk, node.test, node);
  const entry = walk.state;
  walk.state = entry?.copy();
  walk.within({ kind: 'if', statement: node, branch: true }, () => bindBlock(walk, node.consequent));
  const consequent = walk.state;
  walk.state = entry?.copy();
  walk.within({ kind: 'if', statement: node, branch: false }, () => bindBlock(walk, node.alternate));
  walk.state = FlowState.join([consequent, walk.state]);
}

export function bindFor(walk: BindingWalk, node: Statement & { kind: 'for' }): void {
  const run = (): void => {
    if (node.init) bindStatements(walk, node.init);
    const iterable = node.iterable;
    if (iterable) bindExpression(walk, iterable, node);
    bindLoop(walk, { kind: 'loop', statement: node }, node.orElse, () => {
      if (node.test) bindExpression(walk, node.test, node);
      if (node.target && iterable) {
        bindTarget(walk, node.target, node, (path, binding, span) => ({
          kind: 'loop',
          iterable,
          path,
          binding,
          span,
        }));
      }
      bindBlock(walk, node.body);
      if (node.update) bindExpression(walk, node.update, node);
    });
  };
  if (walk.isPython) return run();
  walk.inScope(new Scope('block', walk.scope, walk.scope.owner), () => {
    if (node.init) declareBlock(node.init, walk.scope);
    if (node.target && node.declaration) walk.declareLeaves(node.target);
    run();
  });
}

export function bindWhile(walk: BindingWalk, node: Statement & { kind: 'while' }): void {
  bindLoop(walk, { kind: 'loop', statement: node }, node.orElse, () => {
    if (!node.isPostTest) bindExpression(walk, node.test, node);
    bindBlock(walk, node.body);
    if (node.isPostTest) bindExpression(walk, node.test, node);
  });
}

/**
 * Follows a loop body once. A read that a definition from before the loop can reach is also reached by what the body's end
 * defines, because the next turn starts there: those definitions are added afterwards, which spares a second walk.
 */
function bindLoop(walk: BindingWalk, frame: Frame, orElse: readonly Statement[], body: () => void): void {
  const entry = walk.state;
  const firstRead = walk.localReads.length;
  const flow: LoopFlow = { breaks: [], continues: [] };
  walk.loops.push(flow);
  walk.state = entry?.copy();
  walk.within(frame, body);
  walk.loops.pop();
  const end = FlowState.join([walk.state, ...flow.continues]);
  if (end) carryAround(walk, entry, end, firstRead);
  walk.state = FlowState.join([entry, end]);
  if (orElse.length > 0) bindBlock(walk, orElse);
  walk.state = FlowState.join([walk.state, ...flow.breaks]);
}

function carryAround(walk: BindingWalk, entry: FlowState | undefined, end: FlowState, firstRead: number): void {
  for (const { read, binding } of walk.localReads.slice(firstRead)) {
    const before = entry?.get(binding) ?? [];
    const fromEntry =
      read.definitions.length === 0 || read.definitions.some((definition) => before.includes(definition));
    if (fromEntry) read.definitions = union(read.definitions, end.get(binding));
  }
}

/** A labelled statement: `break label` goes on behind it. */
export function bindLabelled(walk: BindingWalk, body: readonly Statement[], label: string): void {
  const flow: LoopFlow = { breaks: [], continues: [], label };
  walk.loops.push(flow);
  bindBlock(walk, body);
  walk.loops.pop();
  walk.state = FlowState.join([walk.state, ...flow.breaks]);
}

export function bindTry(walk: BindingWalk, node: TryStatement): void {
  const entry = walk.state;
  walk.state = entry?.copy();
  // Any statement of the body may raise: a handler starts from whatever held anywhere in it.
  const raised = entry?.copy() ?? FlowState.empty();
  walk.raising.push(raised);
  walk.within({ kind: 'try', statement: node, part: 'body' }, () => bindBlock(walk, node.body));
  walk.raising.pop();
  const body = walk.state;
  const mayRaise = FlowState.join([raised, body]);
  const ends: (FlowState | undefined)[] = [];
  for (const handler of node.handlers) {
    walk.state = mayRaise?.copy();
    if (handler.type) bindExpression(walk, handler.type, node);
    const run = (): void => {
      if (handler.target) {
        walk.declareLeaves(handler.target);
        bindTarget(walk, handler.target, node, (_path, binding, span) => ({ kind: 'opaque', binding, span }));
      }
      walk.within({ kind: 'try', statement: node, part: 'handler' }, () => bindBlock(walk, handler.body));
    };
    if (walk.isPython || !handler.target) run();
    else walk.inScope(new Scope('block', walk.scope, walk.scope.owner), run);
    ends.push(walk.state);
  }
  walk.state = body;
  if (node.orElse.length > 0)
    walk.within({ kind: 'try', statement: node, part: 'else' }, () => bindBlock(walk, node.orElse));
  walk.state = FlowState.join([walk.state, ...ends]);
  if (node.finalizer.length === 0) return;
  const normal = walk.state;
  walk.state = FlowState.join([mayRaise, normal])?.copy();
  walk.within({ kind: 'try', statement: node, part: 'finally' }, () => bindBlock(walk, node.finalizer));
  if (!normal) walk.state = undefined;
}

export function bindMatch(walk: BindingWalk, node: Statement & { kind: 'match' }): void {
  bindExpression(walk, node.subject, node);
  const entry = walk.state;
  const flow: LoopFlow = { breaks: [], continues: [] };
  // `break` leaves a JavaScript switch; in Python it leaves the loop around the match.
  if (!walk.isPython) walk.loops.push(flow);
  let fallThrough: FlowState | undefined;
  const ends: (FlowState | undefined)[] = [];
  for (const branch of node.cases) {
    walk.state = FlowState.join([entry, fallThrough])?.copy();
    for (const pattern of branch.patterns) bindPattern(walk, pattern, node);
    if (branch.guard) bindExpression(walk, branch.guard, node);
    bindBlock(walk, branch.body);
    if (walk.isPython) ends.push(walk.state);
    else fallThrough = walk.state;
  }
  if (!walk.isPython) walk.loops.pop();
  walk.loops.findLast(({ label }) => label === undefined)?.continues.push(...flow.continues);
  walk.state = FlowState.join([entry, fallThrough, ...ends, ...flow.breaks]);
}

function bindPattern(walk: BindingWalk, pattern: Expression, parent: Statement): void {
  if (!walk.isPython) return bindExpression(walk, pattern, parent);
  for (const part of caseParts(pattern)) {
    if (part.kind === 'compared') {
      bindExpression(walk, part.expression, parent);
      continue;
    }
    walk.note(part.name, parent);
    walk.define({ kind: 'opaque', binding: walk.bindingToWrite(part.name.name), span: part.name });
  }
}
