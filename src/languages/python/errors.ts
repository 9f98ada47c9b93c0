import type { Expression } from '../../core/ir/expression.ts';
import type { Statement } from '../../core/ir/statement.ts';
import type { SyntaxNode } from '../../core/syntax/syntaxTree.ts';
import { isExpressionType, lowerExpression } from './expressions.ts';
import type { Lowering } from './lowering.ts';
import { isStatementType, lowerStatement } from './statements.ts';

/**
 * What an ERROR node (or any node without a place in the model) holds: whole statements stay statements, and the
 * expressions between them are kept in `opaque` statements. An explicit stack, because wrong code nests ERROR nodes at will.
 */
export function lowerError(error: SyntaxNode, lowering: Lowering, statements: Statement[]): void {
  const expressions: Expression[] = [];
  const mark = lowering.leftOver.length;
  const pending: SyntaxNode[] = [error];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (isStatementType(node.type)) {
      flush(expressions, statements);
      lowerStatement(node, lowering, statements);
    } else if (isExpressionType(node.type)) {
      expressions.push(lowerExpression(node, lowering));
      pending.push(...lowering.leftOver.splice(mark).reverse());
    } else pushReversed(pending, node);
  }
  flush(expressions, statements);
}

function pushReversed(pending: SyntaxNode[], node: SyntaxNode): void {
  const parts = node.errors.length === 0 ? node.children : [...node.children, ...node.errors].sort(bySource);
  for (let index = parts.length - 1; index >= 0; index--) {
    const part = parts[index];
    if (part !== undefined) pending.push(part);
  }
}

function bySource(left: SyntaxNode, right: SyntaxNode): number {
  return left.start - right.start;
}

function flush(expressions: Expression[], statements: Statement[]): void {
  const children = expressions.splice(0);
  const first = children[0];
  const last = children.at(-1);
  if (first !== undefined && last !== undefined) {
    statements.push({ kind: 'opaque', start: first.start, end: last.end, children });
  }
}
