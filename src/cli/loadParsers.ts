import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Parsers } from '../core/syntax/parsers.ts';

/** Reads the wasm files that lie beside the bundle; each grammar is loaded when the first file needs it. */
export async function loadParsers(folder: string): Promise<Parsers> {
  const read = (name: string): Promise<Uint8Array> => readFile(path.join(folder, `${name}.wasm`));
  const [runtime, python, typescript, tsx] = await Promise.all([
    read('web-tree-sitter'),
    read('tree-sitter-python'),
    read('tree-sitter-typescript'),
    read('tree-sitter-tsx'),
  ]);
  return Parsers.create({ runtime, python, typescript, tsx });
}
