import type { MatchStatement, Statement, TryStatement } from '../../core/ir/statement.ts';
import { childByField, childrenByField, type SyntaxNode } from '../../core/syntax/syntaxTree.ts';
import { lowerExpression, lowerField } from './expressions.ts';
import type { Lowering } from './lowering.ts';
import { spanOf } from './nodes.ts';
import { lowerTarget } from './patterns.ts';
import { lowerBranch, lowerStatements } from './statements.ts';

export function lowerIf(node: SyntaxNode, lowering: Lowering): Statement {
  lowering.keepErrors(node);
  return {
    kind: 'if',
    test: lowerField(node, 'condition', lowering),
    consequent: lowerBranch(childByField(node, 'consequence'), lowering),
    alternate: lowerBranch(childByField(node, 'alternative')?.children[0], lowering),
    ...spanOf(node),
  };
}

/** Empty cases before another share its body: `case 1: case 2: f()` is one case with two patterns. No pattern: `default`. */
export function lowerSwitch(node: SyntaxNode, lowering: Lowering): Statement {
  const subject = lowerField(node, 'value', lowering);
  const cases: MatchStatement['cases'][number][] = [];
  const body = childByField(node, 'body');
  lowering.keepErrors(node);
  if (body !== undefined) lowering.keepErrors(body);
  for (const clause of body?.children ?? []) {
    const lowered = lowerCase(clause, lowering);
    const previous = cases.at(-1);
    if (previous?.body.length !== 0 || previous.patterns.length === 0 || lowered.patterns.length === 0) {
      cases.push(lowered);
    } else {
      cases[cases.length - 1] = { patterns: [...previous.patterns, ...lowered.patterns], body: lowered.body };
    }
  }
  return { kind: 'match', subject, cases, ...spanOf(node) };
}

function lowerCase(node: SyntaxNode, lowering: Lowering): MatchStatement['cases'][number] {
  lowering.keepErrors(node);
  const patterns = childrenByField(node, 'value').map((value) => lowerExpression(value, lowering));
  return { patterns, body: lowerStatements(childrenByField(node, 'body'), lowering) };
}

export function lowerTry(node: SyntaxNode, lowering: Lowering): Statement {
  lowering.keepErrors(node);
  const handler = childByField(node, 'handler');
  const finalizer = childByField(node, 'finalizer');
  return {
    kind: 'try',
    body: lowerBranch(childByField(node, 'body'), lowering),
    handlers: handler === undefined ? [] : [lowerHandler(handler, lowering)],
    orElse: [],
    finalizer: lowerBranch(finalizer && childByField(finalizer, 'body'), lowering),
    ...spanOf(node),
  };
}

function lowerHandler(node: SyntaxNode, lowering: Lowering): TryStatement['handlers'][number] {
  const parameter = childByField(node, 'parameter');
  lowering.keepErrors(node);
  return {
    ...(parameter && { target: lowerTarget(parameter, lowering) }),
    body: lowerBranch(childByField(node, 'body'), lowering),
  };
}

/** JavaScript's `with (object) …` changes how names are looked up: a block that begins with its object. */
export function lowerWith(node: SyntaxNode, lowering: Lowering): Statement {
  const object = childByField(node, 'object');
  const head: readonly Statement[] =
    object === undefined ? [] : [{ kind: 'opaque', children: [lowerExpression(object, lowering)], ...spanOf(object) }];
  return { kind: 'block', body: [...head, ...lowerBranch(childByField(node, 'body'), lowering)], ...spanOf(node) };
}

export function lowerReturn(node: SyntaxNode, lowering: Lowering): Statement {
  lowering.keepErrors(node);
  const value = node.children[0];
  return { kind: 'return', ...(value && { value: lowerExpression(value, lowering) }), ...spanOf(node) };
}

export function lowerLabelled(node: SyntaxNode, lowering: Lowering): Statement {
  const label = childByField(node, 'label');
  return {
    kind: 'block',
    ...(label && { label: lowering.textOf(label) }),
    body: lowerBranch(childByField(node, 'body'), lowering),
    ...spanOf(node),
  };
}

/** `throw`, `break` and `continue`. */
export function lowerJump(node: SyntaxNode, lowering: Lowering): Statement {
  lowering.keepErrors(node);
  if (node.type !== 'throw_statement') {
    const label = childByField(node, 'label');
    return {
      kind: node.type === 'break_statement' ? 'break' : 'continue',
      ...(label && { label: lowering.textOf(label) }),
      ...spanOf(node),
    };
  }
  const value = node.children[0];
  return { kind: 'raise', ...(value && { value: lowerExpression(value, lowering) }), ...spanOf(node) };
}
