import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Language } from '../../../src/core/ir/sourceModule.ts';
import { Parsers } from '../../../src/core/syntax/parsers.ts';
import { isParseFailure, type SyntaxTree } from '../../../src/core/syntax/syntaxTree.ts';

const grammars = path.resolve('grammars');

/** Parsers with the grammars of the project; the tests run in the project's folder. */
export async function loadParsers(...languages: readonly Language[]): Promise<Parsers> {
  const parsers = await Parsers.create({
    runtime: readFileSync(path.resolve('node_modules/web-tree-sitter/web-tree-sitter.wasm')),
    python: readFileSync(path.join(grammars, 'tree-sitter-python.wasm')),
    typescript: readFileSync(path.join(grammars, 'tree-sitter-typescript.wasm')),
    tsx: readFileSync(path.join(grammars, 'tree-sitter-tsx.wasm')),
  });
  for (const language of languages) await parsers.prepare(language);
  return parsers;
}

export function parseOrFail(parsers: Parsers, language: Language, text: string): SyntaxTree {
  const result = parsers.parse(language, text);
  if (isParseFailure(result)) throw new Error(result.reason);
  return result;
}
