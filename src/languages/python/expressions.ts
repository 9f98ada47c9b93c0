import type { Expression } from '../../core/ir/expression.ts';
import { childByField, hasToken, type SyntaxNode } from '../../core/syntax/syntaxTree.ts';
import { lowerCall } from './calls.ts';
import {
  lowerComprehension,
  lowerDictionary,
  lowerDictionaryComprehension,
  lowerList,
  lowerSet,
  lowerTuple,
  lowerTuplePattern,
} from './collections.ts';
import { lowerLambda } from './definitions.ts';
import { type Lowering, missingAt, opaque } from './lowering.ts';
import { lowerFloat, lowerInteger } from './numbers.ts';
import { lowerBinary, lowerBoolean, lowerComparison, lowerConditional, lowerUnary } from './operators.ts';
import { withSpreadOutside } from './spreads.ts';
import { lowerConcatenatedString, lowerString } from './strings.ts';
import { lowerSubscript } from './subscripts.ts';

export type ExpressionLowerer = (node: SyntaxNode, lowering: Lowering) => Expression;

/** Targets use the grammar's pattern nodes, which mean the same as the expressions they look like. */
const lowerers: Readonly<Record<string, ExpressionLowerer>> = {
  identifier: lowerIdentifier,
  attribute: lowerAttribute,
  subscript: lowerSubscript,
  call: lowerCall,
  string: lowerString,
  concatenated_string: lowerConcatenatedString,
  integer: lowerInteger,
  float: lowerFloat,
  true: (node) => ({ kind: 'literal', start: node.start, end: node.end, value: true }),
  false: (node) => ({ kind: 'literal', start: node.start, end: node.end, value: false }),
  none: (node) => ({ kind: 'literal', start: node.start, end: node.end, value: null }),
  list: lowerList,
  list_pattern: lowerList,
  tuple: lowerTuple,
  tuple_pattern: lowerTuplePattern,
  expression_list: lowerTuple,
  pattern_list: lowerTuple,
  set: lowerSet,
  dictionary: lowerDictionary,
  list_comprehension: (node, lowering) => lowerComprehension(node, 'list', lowering),
  set_comprehension: (node, lowering) => lowerComprehension(node, 'set', lowering),
  generator_expression: (node, lowering) => lowerComprehension(node, 'generator', lowering),
  dictionary_comprehension: lowerDictionaryComprehension,
  list_splat: lowerSplat,
  list_splat_pattern: lowerSplat,
  conditional_expression: lowerConditional,
  boolean_operator: lowerBoolean,
  binary_operator: lowerBinary,
  comparison_operator: lowerComparison,
  unary_operator: lowerUnary,
  not_operator: lowerUnary,
  await: (node, lowering) => ({
    kind: 'await',
    start: node.start,
    end: node.end,
    value: lowerPart(node.children[0], node.end, lowering),
  }),
  yield: lowerYield,
  lambda: lowerLambda,
  named_expression: lowerNamed,
};

export function isExpressionType(type: string): boolean {
  return lowerers[type] !== undefined || type === 'parenthesized_expression';
}

export function lowerExpression(node: SyntaxNode, lowering: Lowering): Expression {
  const inner = withoutParentheses(node, lowering);
  if (inner.isMissing || lowering.isTooDeep) return opaque(inner, []);
  lowering.depth++;
  const expression = withSpreadOutside((lowerers[inner.type] ?? lowerUnknown)(inner, lowering));
  lowering.depth--;
  if (inner.errors.length > 0) lowering.leftOver.push(...inner.errors);
  return expression;
}

/** `lowerExpression` for a part that wrong code may lack. */
export function lowerPart(node: SyntaxNode | undefined, offset: number, lowering: Lowering): Expression {
  return node === undefined ? missingAt(offset) : lowerExpression(node, lowering);
}

export function lowerAll(nodes: readonly SyntaxNode[], lowering: Lowering): Expression[] {
  return nodes.map((node) => lowerExpression(node, lowering));
}

/** A loop, so that thousands of parentheses do not recurse. */
function withoutParentheses(node: SyntaxNode, lowering: Lowering): SyntaxNode {
  let inner = node;
  while (inner.type === 'parenthesized_expression' || inner.type === 'as_pattern_target') {
    const child = inner.children[0];
    if (inner.errors.length > 0) lowering.leftOver.push(...inner.errors);
    if (child === undefined) return inner;
    inner = child;
  }
  return inner;
}

function lowerUnknown(node: SyntaxNode, lowering: Lowering): Expression {
  return opaque(node, lowerAll(node.children, lowering));
}

function lowerIdentifier(node: SyntaxNode, lowering: Lowering): Expression {
  return { kind: 'name', start: node.start, end: node.end, name: lowering.nameAt(node) };
}

function lowerAttribute(node: SyntaxNode, lowering: Lowering): Expression {
  const name = childByField(node, 'attribute');
  const object = lowerPart(childByField(node, 'object'), node.start, lowering);
  if (name === undefined) return opaque(node, [object]);
  return {
    kind: 'attribute',
    start: node.start,
    end: node.end,
    object,
    name: lowering.nameAt(name),
    nameSpan: { start: name.start, end: name.end },
  };
}

function lowerSplat(node: SyntaxNode, lowering: Lowering): Expression {
  return {
    kind: 'spread',
    start: node.start,
    end: node.end,
    value: lowerPart(node.children[0], node.end, lowering),
  };
}

function lowerYield(node: SyntaxNode, lowering: Lowering): Expression {
  const child = node.children[0];
  if (child === undefined) return { kind: 'yield', start: node.start, end: node.end };
  const value = lowerExpression(child, lowering);
  if (!hasToken(node, 'from')) return { kind: 'yield', start: node.start, end: node.end, value };
  const spread: Expression = { kind: 'spread', start: value.start, end: value.end, value };
  return { kind: 'yield', start: node.start, end: node.end, value: spread };
}

function lowerNamed(node: SyntaxNode, lowering: Lowering): Expression {
  return {
    kind: 'assignment',
    start: node.start,
    end: node.end,
    target: lowerPart(childByField(node, 'name'), node.start, lowering),
    operator: ':=',
    value: lowerPart(childByField(node, 'value'), node.end, lowering),
  };
}
