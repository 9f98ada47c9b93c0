import type { Expression, LogicalExpression } from '../../core/ir/expression.ts';
import { childByField, type SyntaxNode } from '../../core/syntax/syntaxTree.ts';
import { lowerExpression, lowerField } from './expressions.ts';
import type { Lowering } from './lowering.ts';
import { spanOf, unwrap } from './nodes.ts';

const logicalOperators: ReadonlyMap<string, LogicalExpression['operator']> = new Map([
  ['&&', 'and'],
  ['||', 'or'],
  ['??', 'nullish'],
] as const);

/**
 * Lowers a binary or logical operation. `a + b + c + …` nests to the left as deep as it is long, so the left spine is
 * walked by a loop; one longer than the depth limit becomes `opaque` with its operands as children.
 */
export function lowerBinary(node: SyntaxNode, lowering: Lowering): Expression {
  const spine = leftSpine(node);
  const innermost = spine.at(-1) ?? node;
  return lowering.nested(
    spine.length,
    () => lowerSpine(spine, innermost, lowering),
    () => ({ kind: 'opaque', children: spineOperands(spine, lowering), ...spanOf(node) }),
  );
}

export function lowerUnary(node: SyntaxNode, lowering: Lowering): Expression {
  const operands = [lowerField(node, 'argument', lowering)];
  return { kind: 'operation', operator: operatorOf(node, lowering), operands, ...spanOf(node) };
}

/** Source spelling of the operator of an operation, an update or an augmented assignment. */
export function operatorOf(node: SyntaxNode, lowering: Lowering): string {
  const operator = childByField(node, 'operator');
  return operator === undefined ? '' : lowering.textOf(operator);
}

/** The operation and those that begin it, outermost first. */
function leftSpine(node: SyntaxNode): readonly SyntaxNode[] {
  const spine = [node];
  let left = childByField(node, 'left');
  for (let inner = left && unwrap(left); inner?.type === 'binary_expression'; inner = left && unwrap(left)) {
    spine.push(inner);
    left = childByField(inner, 'left');
  }
  return spine;
}

function lowerSpine(spine: readonly SyntaxNode[], innermost: SyntaxNode, lowering: Lowering): Expression {
  let result = lowerField(innermost, 'left', lowering);
  for (let index = spine.length - 1; index >= 0; index--) {
    const node = spine[index];
    if (node !== undefined) result = combine(node, result, lowering);
  }
  return result;
}

function combine(node: SyntaxNode, left: Expression, lowering: Lowering): Expression {
  const right = lowerField(node, 'right', lowering);
  const operator = operatorOf(node, lowering);
  const logical = logicalOperators.get(operator);
  if (logical !== undefined) return { kind: 'logical', operator: logical, left, right, ...spanOf(node) };
  return { kind: 'operation', operator, operands: [left, right], ...spanOf(node) };
}

function spineOperands(spine: readonly SyntaxNode[], lowering: Lowering): readonly Expression[] {
  const operands: Expression[] = [];
  for (const node of [...spine].reverse()) {
    const left = childByField(node, 'left');
    if (operands.length === 0 && left !== undefined) operands.push(lowerExpression(left, lowering));
    operands.push(lowerField(node, 'right', lowering));
  }
  return operands;
}
