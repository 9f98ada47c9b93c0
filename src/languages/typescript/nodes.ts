import type { SyntaxNode } from '../../core/syntax/syntaxTree.ts';
import type { Span } from '../../core/text/span.ts';

/** Node types that wrap an expression without changing its value. */
const transparentTypes: ReadonlySet<string> = new Set([
  'parenthesized_expression',
  'as_expression',
  'satisfies_expression',
  'non_null_expression',
  'instantiation_expression',
  'type_assertion',
]);

export function spanOf(node: SyntaxNode): Span {
  return { start: node.start, end: node.end };
}

/** The expression inside parentheses, type assertions, `!` and type arguments. A loop: 20,000 parentheses must not recurse. */
export function unwrap(node: SyntaxNode): SyntaxNode {
  let inner = node;
  while (transparentTypes.has(inner.type)) {
    const next = inner.type === 'type_assertion' ? inner.children.at(-1) : inner.children[0];
    if (next === undefined) return inner;
    inner = next;
  }
  return inner;
}

/** Children with the ERROR nodes between them, in source order. */
export function childrenAndErrors(node: SyntaxNode): readonly SyntaxNode[] {
  if (node.errors.length === 0) return node.children;
  return [...node.children, ...node.errors].sort((left, right) => left.start - right.start);
}
