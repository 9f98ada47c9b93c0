import type { Expression, LiteralExpression } from '../../core/ir/expression.ts';
import { childByField, type SyntaxNode } from '../../core/syntax/syntaxTree.ts';
import { lowerExpression, lowerPart } from './expressions.ts';
import type { Lowering } from './lowering.ts';
import { skipComment } from './trivia.ts';

const COLON = 58;
const HASH = 35;

export function lowerSubscript(node: SyntaxNode, lowering: Lowering): Expression {
  return {
    kind: 'subscript',
    start: node.start,
    end: node.end,
    object: lowerPart(childByField(node, 'value'), node.start, lowering),
    indices: lowerIndices(node, lowering),
  };
}

export function lowerIndices(node: SyntaxNode, lowering: Lowering): Expression[] {
  const indices: Expression[] = [];
  for (const child of node.children) {
    if (child.field === 'subscript') indices.push(lowerIndex(child, lowering));
  }
  return indices;
}

function lowerIndex(node: SyntaxNode, lowering: Lowering): Expression {
  return node.type === 'slice' ? lowerSlice(node, lowering) : lowerExpression(node, lowering);
}

/** Three operands as in Python's `slice(start, stop, step)`; a part left out is an empty `None` literal. */
function lowerSlice(node: SyntaxNode, lowering: Lowering): Expression {
  const bounds: (Expression | undefined)[] = [undefined, undefined, undefined];
  let bound = 0;
  let offset = node.start;
  for (const child of node.children) {
    bound += colonsBetween(offset, child.start, lowering.text);
    bounds[Math.min(bound, 2)] = lowerExpression(child, lowering);
    offset = child.end;
  }
  const [start, stop, step] = bounds;
  const operands = [start ?? none(node.start), stop ?? none(node.end), step ?? none(node.end)];
  if (node.errors.length > 0) lowering.leftOver.push(...node.errors);
  return { kind: 'operation', start: node.start, end: node.end, operator: 'slice', operands };
}

function colonsBetween(start: number, end: number, text: string): number {
  let count = 0;
  for (let offset = start; offset < end; offset++) {
    const code = text.charCodeAt(offset);
    if (code === COLON) count++;
    else if (code === HASH) offset = skipComment(offset, text);
  }
  return count;
}

function none(offset: number): LiteralExpression {
  return { kind: 'literal', start: offset, end: offset, value: null };
}
