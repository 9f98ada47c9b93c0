import type { Statement } from '../../core/ir/statement.ts';
import type { SyntaxNode } from '../../core/syntax/syntaxTree.ts';
import { lowerFunction } from './functions.ts';
import type { Lowering } from './lowering.ts';
import { childrenAndErrors, spanOf } from './nodes.ts';
import { expressionsIn } from './opaque.ts';
import { isStatementType, lowerStatement } from './statements.ts';

/**
 * Statements of text that the parser skipped: those it still recognised, and an opaque one for each run of expressions
 * between them. Half-typed code often leaves whole functions inside one ERROR node.
 */
export function lowerSkipped(error: SyntaxNode, lowering: Lowering): readonly Statement[] {
  return lowering.nested(
    1,
    () => statementsIn(childrenAndErrors(error), lowering),
    () => [],
  );
}

function statementsIn(nodes: readonly SyntaxNode[], lowering: Lowering): readonly Statement[] {
  const statements: Statement[] = [];
  for (const node of nodes) {
    if (isStatementType(node.type)) {
      for (const statement of lowerStatement(node, lowering)) statements.push(statement);
      continue;
    }
    if (node.type === 'method_definition') {
      statements.push({ kind: 'function', definition: lowerFunction(node, lowering), ...spanOf(node) });
      continue;
    }
    const children = expressionsIn([node], lowering);
    if (children.length > 0) statements.push({ kind: 'opaque', children, ...spanOf(node) });
  }
  return statements;
}
