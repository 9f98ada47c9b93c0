import type { Expression } from '../../core/ir/expression.ts';
import { childByField, type SyntaxNode } from '../../core/syntax/syntaxTree.ts';
import { lowerAll, lowerPart } from './expressions.ts';
import type { Lowering } from './lowering.ts';

export function lowerConditional(node: SyntaxNode, lowering: Lowering): Expression {
  const [consequent, test, alternate] = node.children;
  return {
    kind: 'conditional',
    start: node.start,
    end: node.end,
    test: lowerPart(test, node.end, lowering),
    consequent: lowerPart(consequent, node.start, lowering),
    alternate: lowerPart(alternate, node.end, lowering),
  };
}

export function lowerBoolean(node: SyntaxNode, lowering: Lowering): Expression {
  return {
    kind: 'logical',
    start: node.start,
    end: node.end,
    operator: childByField(node, 'operator')?.type === 'or' ? 'or' : 'and',
    left: lowerPart(childByField(node, 'left'), node.start, lowering),
    right: lowerPart(childByField(node, 'right'), node.end, lowering),
  };
}

export function lowerBinary(node: SyntaxNode, lowering: Lowering): Expression {
  return {
    kind: 'operation',
    start: node.start,
    end: node.end,
    operator: childByField(node, 'operator')?.type ?? '',
    operands: lowerAll(node.children, lowering),
  };
}

/** `a < b <= c` has one operator per gap, joined by a space, and three operands. */
export function lowerComparison(node: SyntaxNode, lowering: Lowering): Expression {
  const operators = node.tokens.filter((token) => token.field === 'operators').map((token) => token.type);
  return {
    kind: 'operation',
    start: node.start,
    end: node.end,
    operator: operators.length === 1 ? (operators[0] ?? '') : operators.join(' '),
    operands: lowerAll(node.children, lowering),
  };
}

export function lowerUnary(node: SyntaxNode, lowering: Lowering): Expression {
  return {
    kind: 'operation',
    start: node.start,
    end: node.end,
    operator: node.type === 'not_operator' ? 'not' : (childByField(node, 'operator')?.type ?? ''),
    operands: lowerAll(node.children, lowering),
  };
}
