import type { Expression } from '../../core/ir/expression.ts';
import type { SyntaxNode } from '../../core/syntax/syntaxTree.ts';
import { decodeEscape } from './escapes.ts';
import { lowerOnlyChild } from './expressions.ts';
import type { Lowering } from './lowering.ts';
import { spanOf } from './nodes.ts';

/** Value of a `string` node: quotes removed, escapes decoded. JSX strings keep their character references as written. */
export function stringValue(node: SyntaxNode, lowering: Lowering): string {
  let value = '';
  for (const part of node.children) {
    if (part.type === 'escape_sequence') value += decodeEscape(lowering.textOf(part));
    else if (part.type === 'string_fragment' || part.type === 'html_character_reference')
      value += lowering.textOf(part);
  }
  return value;
}

/** A template literal: a plain literal when it has no holes. */
export function lowerTemplate(node: SyntaxNode, lowering: Lowering): Expression {
  const parts: (string | Expression)[] = [];
  let text = '';
  for (const part of node.children) {
    if (part.type === 'string_fragment') text += lowering.textOf(part).replaceAll('\r\n', '\n');
    else if (part.type === 'escape_sequence') text += decodeEscape(lowering.textOf(part));
    if (part.type !== 'template_substitution') continue;
    if (text !== '') parts.push(text);
    text = '';
    parts.push(lowerOnlyChild(part, lowering));
  }
  if (parts.length === 0) return { kind: 'literal', value: text, ...spanOf(node) };
  if (text !== '') parts.push(text);
  return { kind: 'template', parts, ...spanOf(node) };
}
