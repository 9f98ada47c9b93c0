import type { Expression } from '../../core/ir/expression.ts';
import type { SyntaxNode } from '../../core/syntax/syntaxTree.ts';
import { lowerOnlyChild } from './expressions.ts';
import type { Lowering } from './lowering.ts';
import { spanOf } from './nodes.ts';
import { numberValue } from './numbers.ts';
import { stringValue } from './strings.ts';

export interface PropertyName {
  /** Static name; absent for a computed key that is not a literal. `#x` keeps its sign. */
  readonly name?: string;
  /** The key as an expression: an identifier or literal key is the literal of its name. */
  readonly expression: Expression;
}

/** Lowers the key of an object entry, a class member or an enum member. */
export function lowerPropertyName(node: SyntaxNode, lowering: Lowering): PropertyName {
  if (node.type === 'computed_property_name') return lowerComputedName(node, lowering);
  const name = staticName(node, lowering);
  return { name, expression: { kind: 'literal', value: name, ...spanOf(node) } };
}

function lowerComputedName(node: SyntaxNode, lowering: Lowering): PropertyName {
  const expression = lowerOnlyChild(node, lowering);
  if (expression.kind !== 'literal' || expression.value === null) return { expression };
  return { name: String(expression.value), expression };
}

function staticName(node: SyntaxNode, lowering: Lowering): string {
  if (node.type === 'string') return stringValue(node, lowering);
  const text = lowering.textOf(node);
  return node.type === 'number' ? String(numberValue(text) ?? text.replace(/n$/, '')) : text;
}
