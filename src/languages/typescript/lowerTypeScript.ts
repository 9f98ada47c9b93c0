import type { SourceModule } from '../../core/ir/sourceModule.ts';
import type { Statement } from '../../core/ir/statement.ts';
import type { SyntaxNode, SyntaxTree } from '../../core/syntax/syntaxTree.ts';
import { Lowering } from './lowering.ts';
import { lowerSkipped } from './recovery.ts';
import { lowerBody } from './statements.ts';

/** Lowers a TypeScript, TSX or JavaScript tree into the language-neutral module. Never throws, whatever the text. */
export function lowerTypeScript(tree: SyntaxTree): SourceModule {
  const { language, text, root, comments, hasErrors, syntaxError } = tree;
  const body = typeScriptStatements(text)(root);
  return { language, text, body, comments, hasSyntaxErrors: hasErrors, ...(syntaxError ? { syntaxError } : {}) };
}

/** Lowers what stands below a root: the whole of the text, or one of its top-level nodes. */
export function typeScriptStatements(text: string): (root: SyntaxNode) => readonly Statement[] {
  const lowering = new Lowering(text);
  return (root) => (root.type === 'ERROR' ? lowerSkipped(root, lowering) : lowerBody(root, lowering));
}
