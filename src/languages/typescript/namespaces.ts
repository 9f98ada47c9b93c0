import type { Statement } from '../../core/ir/statement.ts';
import { childByField, type SyntaxNode } from '../../core/syntax/syntaxTree.ts';
import type { Lowering } from './lowering.ts';
import { spanOf } from './nodes.ts';
import { lowerBody } from './statements.ts';

/** `namespace N { … }` runs as a block with its own scope; its exports are not exports of the module. */
export function lowerNamespace(node: SyntaxNode, lowering: Lowering): readonly Statement[] {
  const block = childByField(node, 'body');
  if (block === undefined) return [];
  const body = lowering.insideNamespace(() => lowerBody(block, lowering));
  return [{ kind: 'block', body, ...spanOf(node) }];
}
