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
  const attributes = (opening === undefined ? [] : childrenByField(opening, 'attribute')).map((attribute) => ({
    name: handlerName(attribute, lowering),
    values: expressionsIn(attributeValues(attribute), lowering),
  }));
  const children = [
    ...(opening === undefined ? [] : componentOf(opening, lowering)),
    ...attributes.flatMap(({ values }) => values),
    ...(node.type === 'jsx_element' ? expressionsIn(content, lowering) : []),
  ];
  const handlers = attributes.flatMap(({ name, values }) =>
    name === undefined ? [] : values.map((value) => ({ attribute: name, value })),
  );
  return { kind: 'opaque', children, ...(handlers.length > 0 ? { handlers } : {}), ...spanOf(node) };
}

function componentOf(node: SyntaxNode, lowering: Lowering): readonly Expression[] {
  const name = childByField(node, 'name');
  return name !== undefined && isComponent(name, lowering) ? [lowerExpression(name, lowering)] : [];
}

/** `onClick` of `onClick={…}`. */
function handlerName({ type, children }: SyntaxNode, lowering: Lowering): string | undefined {
  const name = type === 'jsx_attribute' && children[0] ? lowering.textOf(children[0]) : '';
  return /^on[A-Z]\w*$/.test(name) ? name : undefined;
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
