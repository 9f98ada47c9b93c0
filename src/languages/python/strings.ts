import type { Expression } from '../../core/ir/expression.ts';
import { childByField, childByType, type SyntaxNode } from '../../core/syntax/syntaxTree.ts';
import type { Span } from '../../core/text/span.ts';
import { decodeEscapes, normaliseLineEnds } from './escapes.ts';
import { lowerAll, lowerPart } from './expressions.ts';
import { type Lowering, opaque } from './lowering.ts';

type Parts = readonly (string | Expression)[];

interface StringForm {
  readonly isRaw: boolean;
  /** Bytes and template strings (`t"…"`), whose value is not a string. */
  readonly isOther: boolean;
  readonly isFormatted: boolean;
}

export function lowerString(node: SyntaxNode, lowering: Lowering): Expression {
  const parts = stringParts(node, lowering);
  return parts === undefined ? opaque(node, interpolated(node, lowering)) : fromParts(node, parts);
}

/** `"a" f"{b}"`: one literal or template over all pieces. */
export function lowerConcatenatedString(node: SyntaxNode, lowering: Lowering): Expression {
  const joined: (string | Expression)[] = [];
  for (const child of node.children) {
    const parts = stringParts(child, lowering);
    if (parts === undefined) return opaque(node, lowerAll(node.children, lowering));
    joined.push(...parts);
  }
  return fromParts(node, joined);
}

function fromParts(span: Span, parts: Parts): Expression {
  const merged: (string | Expression)[] = [];
  for (const part of parts) {
    const last = merged.at(-1);
    if (typeof part === 'string' && typeof last === 'string') merged[merged.length - 1] = last + part;
    else if (part !== '') merged.push(part);
  }
  const { start, end } = span;
  const [only, second] = merged;
  if (second === undefined && (only === undefined || typeof only === 'string')) {
    return { kind: 'literal', start, end, value: only ?? '' };
  }
  return { kind: 'template', start, end, parts: merged };
}

/** Decoded texts and holes in order; undefined when the value is not a string. */
function stringParts(node: SyntaxNode, lowering: Lowering): Parts | undefined {
  const open = childByType(node, 'string_start');
  const form = formOf(open === undefined ? '' : lowering.textOf(open));
  if (form.isOther) return undefined;
  const parts: (string | Expression)[] = [];
  let offset = open?.end ?? node.start;
  for (const child of node.children) {
    if (child.type !== 'interpolation') continue;
    parts.push(decode(lowering.text.slice(offset, child.start), form), lowerInterpolation(child, lowering));
    offset = child.end;
  }
  const close = childByType(node, 'string_end');
  parts.push(decode(lowering.text.slice(offset, close?.start ?? node.end), form));
  return parts;
}

function formOf(opening: string): StringForm {
  let isRaw = false;
  let isOther = false;
  let isFormatted = false;
  for (const letter of opening) {
    if (letter === 'r' || letter === 'R') isRaw = true;
    else if (letter === 'f' || letter === 'F') isFormatted = true;
    else if (letter !== 'u' && letter !== 'U' && letter !== '"' && letter !== "'") isOther = true;
  }
  return { isRaw, isOther, isFormatted };
}

function decode(source: string, form: StringForm): string {
  const text = normaliseLineEnds(source);
  const braces = form.isFormatted ? text.replaceAll('{{', '{').replaceAll('}}', '}') : text;
  return form.isRaw ? braces : decodeEscapes(braces);
}

/** A plain hole is its expression. A conversion, format or `=` changes the text, so such a hole is `opaque` around it. */
function lowerInterpolation(node: SyntaxNode, lowering: Lowering): Expression {
  if (node.errors.length > 0) lowering.leftOver.push(...node.errors);
  const expression = childByField(node, 'expression');
  const value = lowerPart(expression, node.start, lowering);
  const format = childByField(node, 'format_specifier');
  const isPlain =
    format === undefined &&
    childByField(node, 'type_conversion') === undefined &&
    (expression === undefined || !lowering.text.slice(expression.end, node.end).includes('='));
  if (isPlain) return value;
  return opaque(node, [value, ...(format === undefined ? [] : interpolated(format, lowering))]);
}

/** Expressions in the holes of a string or of a format specification. */
function interpolated(node: SyntaxNode, lowering: Lowering): Expression[] {
  return node.children
    .filter((child) => child.type === 'interpolation' || child.type === 'format_expression')
    .map((child) => lowerInterpolation(child, lowering));
}
