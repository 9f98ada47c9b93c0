import type { Expression } from '../../core/ir/expression.ts';
import type { SyntaxNode } from '../../core/syntax/syntaxTree.ts';
import { type Lowering, opaque } from './lowering.ts';

const ZERO = 48;
const NINE = 57;

/** Integers beyond 2^53, imaginary numbers and Python 2's octal `0777` are `opaque`: no value here would be the right one. */
export function lowerInteger(node: SyntaxNode, lowering: Lowering): Expression {
  const digits = withoutUnderscores(lowering.textOf(node));
  const value = isOldOctal(digits) ? Number.NaN : Number(withoutLongSuffix(digits));
  return Number.isSafeInteger(value) ? literal(node, value) : opaque(node, []);
}

export function lowerFloat(node: SyntaxNode, lowering: Lowering): Expression {
  const value = Number(withoutUnderscores(lowering.textOf(node)));
  return Number.isFinite(value) ? literal(node, value) : opaque(node, []);
}

function literal(node: SyntaxNode, value: number): Expression {
  return { kind: 'literal', start: node.start, end: node.end, value };
}

function withoutUnderscores(text: string): string {
  return text.includes('_') ? text.replaceAll('_', '') : text;
}

function withoutLongSuffix(digits: string): string {
  return digits.endsWith('L') || digits.endsWith('l') ? digits.slice(0, -1) : digits;
}

function isOldOctal(digits: string): boolean {
  const second = digits.charCodeAt(1);
  return digits.charCodeAt(0) === ZERO && second >= ZERO && second <= NINE && Number(digits) !== 0;
}
