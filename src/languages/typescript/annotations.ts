import type { SyntaxNode } from '../../core/syntax/syntaxTree.ts';
import type { Lowering } from './lowering.ts';

/** Source text of a type annotation without its colon. */
export function annotationText(node: SyntaxNode, lowering: Lowering): string {
  return lowering.textOf(node).replace(/^[?+-]*:\s*/, '');
}
