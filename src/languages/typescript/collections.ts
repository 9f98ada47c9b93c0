import type { Expression, MappingEntry } from '../../core/ir/expression.ts';
import { childByField, type SyntaxNode } from '../../core/syntax/syntaxTree.ts';
import { lowerField, lowerOnlyChild } from './expressions.ts';
import { lowerFunction } from './functions.ts';
import type { Lowering } from './lowering.ts';
import { spanOf } from './nodes.ts';
import { emptyOpaque, lowerOpaque } from './opaque.ts';
import { lowerTarget, lowerTargetField } from './patterns.ts';
import { lowerPropertyName } from './propertyName.ts';

/** `[a, , ...b]` as a list, in an expression or as a pattern; a hole is an empty opaque element, so that positions hold. */
export function lowerArray(node: SyntaxNode, lowering: Lowering): Expression {
  const elements: Expression[] = [];
  let position = node.start + 1;
  let isElementOpen = true;
  for (const child of node.children) {
    for (const comma of commasBetween(position, child.start, lowering)) {
      if (isElementOpen) elements.push(emptyOpaque(comma));
      isElementOpen = true;
    }
    elements.push(lowerElement(child, lowering));
    isElementOpen = false;
    position = child.end;
  }
  for (const comma of commasBetween(position, node.end - 1, lowering)) {
    if (isElementOpen) elements.push(emptyOpaque(comma));
    isElementOpen = true;
  }
  return { kind: 'sequence', form: 'list', elements, ...spanOf(node) };
}

/** `{ a, b: c, [d]: e, f() {}, ...g }`, in an expression or as a pattern. */
export function lowerObject(node: SyntaxNode, lowering: Lowering): Expression {
  return { kind: 'mapping', entries: node.children.map((child) => lowerEntry(child, lowering)), ...spanOf(node) };
}

function lowerElement(node: SyntaxNode, lowering: Lowering): Expression {
  if (node.type !== 'spread_element') return lowerTarget(node, lowering);
  return { kind: 'spread', value: lowerOnlyChild(node, lowering), ...spanOf(node) };
}

/** Offsets of the commas in text that holds only commas, white space and comments. */
function commasBetween(start: number, end: number, lowering: Lowering): readonly number[] {
  if (end - start <= 1) return lowering.text[start] === ',' && start < end ? [start] : [];
  const commas: number[] = [];
  for (const match of lowering.text.slice(start, end).matchAll(/\/\*[\s\S]*?\*\/|\/\/[^\r\n]*|,/g)) {
    if (match[0] === ',') commas.push(start + match.index);
  }
  return commas;
}

function lowerEntry(node: SyntaxNode, lowering: Lowering): MappingEntry {
  lowering.keepErrors(node);
  switch (node.type) {
    case 'pair':
      return { ...lowerKey(node, 'key', lowering), value: lowerField(node, 'value', lowering), ...entryOf(node) };
    case 'pair_pattern':
      return { ...lowerKey(node, 'key', lowering), value: lowerTargetField(node, 'value', lowering), ...entryOf(node) };
    case 'method_definition':
      return { ...lowerKey(node, 'name', lowering), value: lowerMethod(node, lowering), ...entryOf(node) };
    case 'shorthand_property_identifier':
    case 'shorthand_property_identifier_pattern':
    case 'object_assignment_pattern':
      return lowerShorthand(node, lowering);
    case 'spread_element':
      return { value: lowerOnlyChild(node, lowering), ...entryOf(node), isSpread: true };
    case 'rest_pattern':
      return { value: lowerRestOfObject(node, lowering), ...entryOf(node), isSpread: true };
    default:
      return { value: lowerOpaque(node, lowering), ...entryOf(node) };
  }
}

function entryOf(node: SyntaxNode): Pick<MappingEntry, 'start' | 'end' | 'isSpread'> {
  return { isSpread: false, ...spanOf(node) };
}

function lowerKey(
  node: SyntaxNode,
  field: string,
  lowering: Lowering,
): Partial<Pick<MappingEntry, 'key' | 'keyExpression'>> {
  const key = childByField(node, field);
  if (key === undefined) return {};
  const { name, expression } = lowerPropertyName(key, lowering);
  return { ...(name !== undefined && { key: name }), keyExpression: expression };
}

function lowerMethod(node: SyntaxNode, lowering: Lowering): Expression {
  return { kind: 'function', definition: lowerFunction(node, lowering), ...spanOf(node) };
}

/** `{ a }` and the pattern `{ a = 1 }`: the value is the name, or an assignment for a default. */
function lowerShorthand(node: SyntaxNode, lowering: Lowering): MappingEntry {
  const value = lowerTarget(node, lowering);
  const name = value.kind === 'assignment' ? value.target : value;
  if (name.kind !== 'name') return { value, ...entryOf(node) };
  const keyExpression: Expression = { kind: 'literal', value: name.name, start: name.start, end: name.end };
  return { key: name.name, keyExpression, value, ...entryOf(node) };
}

function lowerRestOfObject(node: SyntaxNode, lowering: Lowering): Expression {
  const child = node.children[0];
  return child === undefined ? emptyOpaque(node.end) : lowerTarget(child, lowering);
}
