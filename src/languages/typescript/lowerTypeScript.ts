import type { SourceModule } from '../../core/ir/sourceModule.ts';
import type { SyntaxTree } from '../../core/syntax/syntaxTree.ts';
import { Lowering } from './lowering.ts';
import { lowerSkipped } from './recovery.ts';
import { lowerBody } from './statements.ts';

/** Lowers a TypeScript, TSX or JavaScript tree into the language-neutral module. Never throws, whatever the text. */
export function lowerTypeScript(tree: SyntaxTree): SourceModule {
  const { language, text, root, comments, hasErrors, syntaxError } = tree;
  const lowering = new Lowering(text);
  const body = root.type === 'ERROR' ? lowerSkipped(root, lowering) : lowerBody(root, lowering);
  return { language, text, body, comments, hasSyntaxErrors: hasErrors, ...(syntaxError ? { syntaxError } : {}) };
}
