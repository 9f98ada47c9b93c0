import type { Expression } from '../../core/ir/expression.ts';
import type { SyntaxNode } from '../../core/syntax/syntaxTree.ts';
import { lowerField } from './expressions.ts';
import type { Lowering } from './lowering.ts';
import { spanOf } from './nodes.ts';
import { emptyOpaque } from './opaque.ts';
import { operatorOf } from './operations.ts';
import { lowerTargetField } from './patterns.ts';

export function lowerAssignmentExpression(node: SyntaxNode, lowering: Lowering): Expression {
  const target = lowerTargetField(node, 'left', lowering);
  return { kind: 'assignment', target, operator: '=', value: lowerField(node, 'right', lowering), ...spanOf(node) };
}

export function lowerAugmentedExpression(node: SyntaxNode, lowering: Lowering): Expression {
  const target = lowerTargetField(node, 'left', lowering);
  const operator = operatorOf(node, lowering);
  return { kind: 'assignment', target, operator, value: lowerField(node, 'right', lowering), ...spanOf(node) };
}

/** `x++`: the value repeats a plain name; `f().n++` must not show the call twice, so any other value is opaque. */
export function lowerUpdateExpression(node: SyntaxNode, lowering: Lowering): Expression {
  const target = lowerTargetField(node, 'argument', lowering);
  const operator = operatorOf(node, lowering);
  const value = target.kind === 'name' ? { ...target } : emptyOpaque(target.start, target.end);
  return { kind: 'assignment', target, operator, value, ...spanOf(node) };
}
