import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Language, SourceModule } from '../../src/core/ir/sourceModule.ts';
import { UNKNOWN } from '../../src/core/semantics/fact.ts';
import { buildProgram, type ProgramModel } from '../../src/core/semantics/programModel.ts';
import { Parsers } from '../../src/core/syntax/parsers.ts';
import type { LinkFacts } from '../../src/core/workspace/linkFacts.ts';
import { apiFiles } from '../../src/knowledge/apis/apiFiles.ts';
import { ApiIndex } from '../../src/knowledge/apis/apiIndex.ts';
import { lowerPython } from '../../src/languages/python/lowerPython.ts';
import { lowerTypeScript } from '../../src/languages/typescript/lowerTypeScript.ts';

/** Parsers with every grammar loaded, from the wasm files of the checkout. */
export async function loadParsers(): Promise<Parsers> {
  const grammar = (name: string): Promise<Uint8Array> => readFile(path.resolve('grammars', name));
  const parsers = await Parsers.create({
    runtime: await readFile(path.resolve('node_modules/web-tree-sitter/web-tree-sitter.wasm')),
    python: await grammar('tree-sitter-python.wasm'),
    typescript: await grammar('tree-sitter-typescript.wasm'),
    tsx: await grammar('tree-sitter-tsx.wasm'),
  });
  await Promise.all((['python', 'typescript', 'tsx'] as const).map((language) => parsers.prepare(language)));
  return parsers;
}

export function lower(parsers: Parsers, language: Language, text: string): SourceModule {
  const tree = parsers.parse(language, text);
  if ('kind' in tree) throw new Error(tree.reason);
  return language === 'python' ? lowerPython(tree) : lowerTypeScript(tree);
}

/** Program model of a snippet, with nothing known of versions, runtime and only a plain CPU as hardware. */
export function programOf(
  parsers: Parsers,
  text: string,
  language: Language = 'python',
  filePath = defaultPath(language),
  link?: LinkFacts,
): ProgramModel {
  const family = language === 'python' ? 'python' : 'typescript';
  return buildProgram({
    module: lower(parsers, language, text),
    path: filePath,
    apis: new ApiIndex(apiFiles[family]),
    ...(link ? { link } : {}),
    environment: {
      versions: { version: () => UNKNOWN },
      runtime: UNKNOWN,
      hardware: { profileId: 'test', name: 'test', kind: 'cpu', memoryGb: 16, fastFormats: [] },
    },
  });
}

function defaultPath(language: Language): string {
  return { python: 'app/main.py', typescript: 'src/main.ts', tsx: 'src/View.tsx', javascript: 'src/main.js' }[language];
}
