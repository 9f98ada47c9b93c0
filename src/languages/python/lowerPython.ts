import type { SourceModule } from '../../core/ir/sourceModule.ts';
import type { Statement } from '../../core/ir/statement.ts';
import type { SyntaxTree } from '../../core/syntax/syntaxTree.ts';
import { lowerError } from './errors.ts';
import { Lowering } from './lowering.ts';
import { lowerStatements } from './statements.ts';

/** Lowers a Python file. Never throws: what is wrong, unknown or nested too deep becomes `opaque`. */
export function lowerPython(tree: SyntaxTree): SourceModule {
  const lowering = new Lowering(tree.text);
  const body: Statement[] = [];
  if (tree.root.type === 'module') lowerStatements(tree.root, lowering, body);
  else lowerError(tree.root, lowering, body);
  const { language, text, comments, hasErrors, syntaxError } = tree;
  return { language, text, body, comments, hasSyntaxErrors: hasErrors, ...(syntaxError ? { syntaxError } : {}) };
}
