import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { lowerPython } from '../../src/languages/python/lowerPython.ts';
import { itWithPython } from '../support/pythonSyntax.ts';
import { loadParsers, parseOrFail } from '../unit/syntax/loadParsers.ts';
import { cpythonFacts, folder } from './cpython.ts';
import { multisetDifference } from './multiset.ts';
import { pythonScopes } from './pythonScopes.ts';

const FILES = 400;

/** Files that differ for a reason. */
const explainedFiles: Readonly<Record<string, string>> = {
  'poplib.py': 'symtable takes a function called `top` for the module',
  'test/test_generators.py': 'a `del` without an assignment makes a name local; the model does not look at `del`',
};
/** Names that the compiler binds in every class body without an assignment. */
const IMPLICIT = / (__class__|__annotations__) /;

interface CPythonReads {
  readonly path: string;
  readonly reads: readonly string[];
}

describe('Python binding against CPython’s symbol tables', () => {
  itWithPython('finds every name that is read in the same scope', async function () {
    this.timeout(180_000);
    const parsers = await loadParsers('python');
    const differences: string[] = [];
    let compared = 0;
    for (const { path, reads } of cpythonFacts<CPythonReads>('pythonSymtable.py', FILES)) {
      if (Object.keys(explainedFiles).some((name) => path.endsWith(name))) continue;
      const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(readFileSync(path));
      const module = lowerPython(parseOrFail(parsers, 'python', text));
      if (module.hasSyntaxErrors) continue;
      compared += reads.length;
      const found = multisetDifference(reads, pythonScopes(module)).filter((line) => !IMPLICIT.test(line));
      differences.push(...found.map((line) => `${path}: ${line}`));
    }
    parsers.dispose();
    assert.deepEqual(differences.slice(0, 50), [], `${differences.length} differences in ${compared} reads`);
    if (folder === undefined) assert.ok(compared > 50_000, `only ${compared} reads were compared`);
  });
});
