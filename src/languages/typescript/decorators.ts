import type { Decorator } from '../../core/ir/definition.ts';
import type { SyntaxNode } from '../../core/syntax/syntaxTree.ts';
import { lowerOnlyChild } from './expressions.ts';
import type { Lowering } from './lowering.ts';
import { spanOf } from './nodes.ts';

/** The decorators among a node's children, in source order. */
export function lowerDecorators(nodes: readonly SyntaxNode[], lowering: Lowering): readonly Decorator[] {
  return nodes
    .filter((node) => node.type === 'decorator')
    .map((node) => ({ expression: lowerOnlyChild(node, lowering), ...spanOf(node) }));
}
