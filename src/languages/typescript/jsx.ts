import type { Expression, OpaqueExpression } from '../../core/ir/expression.ts';
import { childByField, childrenByField, type SyntaxNode } from '../../core/syntax/syntaxTree.ts';
import { lowerExpression } from './expressions.ts';
import { isExpressionType } from './expressionTypes.ts';
import type { Lowering } from './lowering.ts';
import { childrenAndErrors, spanOf } from './nodes.ts';
import { expressionsIn } from './opaque.ts';

/** A JSX element: its component's name, its attributes' values and its children, in source order. */
export function lowerJsx(node: SyntaxNode, lowering: Lowering): OpaqueExpression {
  const opening = node.type === 'jsx_element' ? childByField(node, 'open_tag') : node;
  const content = childrenAndErrors(node).filter((child) => child.field === undefined);
  const children = [
    ...(opening === undefined ? [] : lowerOpening(opening, lowering)),
    ...(node.type === 'jsx_element' ? expressionsIn(content, lowering) : []),
  ];
  return { kind: 'opaque', children, ...spanOf(node) };
}

function lowerOpening(node: SyntaxNode, lowering: Lowering): readonly Expression[] {
  const name = childByField(node, 'name');
  const component = name !== undefined && isComponent(name, lowering) ? [lowerExpression(name, lowering)] : [];
  return [...component, ...expressionsIn(childrenByField(node, 'attribute').flatMap(attributeValues), lowering)];
}

/** Lower-case names (`div`) and names with a hyphen or namespace are elements of the page, not variables. */
function isComponent(name: SyntaxNode, lowering: Lowering): boolean {
  if (name.type === 'member_expression') return true;
  return name.type === 'identifier' && /^[^a-z][^-]*$/.test(lowering.textOf(name));
}

/** Everything of an attribute but its name. */
function attributeValues(node: SyntaxNode): readonly SyntaxNode[] {
  if (node.type !== 'jsx_attribute') return [node];
  return node.children.filter((child) => child.type === 'jsx_expression' || isExpressionType(child.type));
}
