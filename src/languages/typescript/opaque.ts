import type { Expression, OpaqueExpression } from '../../core/ir/expression.ts';
import type { SyntaxNode } from '../../core/syntax/syntaxTree.ts';
import { lowerExpression } from './expressions.ts';
import { isExpressionType } from './expressionTypes.ts';
import type { Lowering } from './lowering.ts';
import { childrenAndErrors, spanOf } from './nodes.ts';

/** Type syntax: it runs nothing, and what looks like an expression inside (`typeof x`) is none. */
const typeSyntax = /(^|_)type(_|$)|predicate|^asserts|^interface_|_signature$/;

/** Stands for text without a counterpart in the model; expressions anywhere inside are kept. */
export function lowerOpaque(node: SyntaxNode, lowering: Lowering): OpaqueExpression {
  return { kind: 'opaque', children: expressionsIn(childrenAndErrors(node), lowering), ...spanOf(node) };
}

export function emptyOpaque(start: number, end: number = start): OpaqueExpression {
  return { kind: 'opaque', children: [], start, end };
}

/** The outermost expressions in some nodes, in source order, whatever stands around them. */
export function expressionsIn(nodes: readonly SyntaxNode[], lowering: Lowering): readonly Expression[] {
  const found: Expression[] = [];
  const pending = nodes.toReversed();
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (isExpressionType(node.type)) found.push(lowerExpression(node, lowering));
    else if (!typeSyntax.test(node.type)) for (const child of childrenAndErrors(node).toReversed()) pending.push(child);
  }
  return found;
}
