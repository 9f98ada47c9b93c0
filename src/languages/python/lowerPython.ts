import type { SourceModule } from '../../core/ir/sourceModule.ts';
import type { Statement } from '../../core/ir/statement.ts';
import type { SyntaxNode, SyntaxTree } from '../../core/syntax/syntaxTree.ts';
import { lowerError } from './errors.ts';
import { Lowering } from './lowering.ts';
import { lowerStatements } from './statements.ts';

/** Lowers a Python file. Never throws: what is wrong, unknown or nested too deep becomes `opaque`. */
export function lowerPython(tree: SyntaxTree): SourceModule {
  const { language, text, root, comments, hasErrors, syntaxError } = tree;
  const body = pythonStatements(text)(root);
  return { language, text, body, comments, hasSyntaxErrors: hasErrors, ...(syntaxError ? { syntaxError } : {}) };
}

/** Lowers what stands below a root: the whole of the text, or one of its top-level nodes. */
export function pythonStatements(text: string): (root: SyntaxNode) => readonly Statement[] {
  const lowering = new Lowering(text);
  return (root) => {
    const body: Statement[] = [];
    if (root.type === 'module') lowerStatements(root, lowering, body);
    else lowerError(root, lowering, body);
    return body;
  };
}
