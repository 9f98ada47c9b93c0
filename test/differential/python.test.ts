import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { lowerPython } from '../../src/languages/python/lowerPython.ts';
import { itWithPython } from '../support/pythonSyntax.ts';
import { loadParsers, parseOrFail } from '../unit/syntax/loadParsers.ts';
import { cpythonFacts, folder } from './cpython.ts';
import { multisetDifference } from './multiset.ts';
import { type PythonFacts, pythonFacts } from './pythonFacts.ts';

const FILES = 400;

/** Files that differ for a reason; each has to be there for a difference of the grammar, never of the lowering. */
const explained: Readonly<Record<string, string>> = {
  'test/test_compile.py':
    'the grammar ends the block where a line inside brackets is indented less than the block and follows a dot',
  'badsyntax_future8.py': '`from __future__ import *` is a syntax error that only the compiler reports',
  'test/test_type_params.py': 'defaults of type parameters (PEP 696) are not in the grammar',
};

/** CPython's facts, with the calls inside annotations apart: the model keeps annotations as text. */
interface CPythonFacts extends PythonFacts {
  readonly path: string;
  readonly annotationCalls: readonly string[];
}

describe('Python front end against CPython', () => {
  itWithPython('finds the same imports, calls, functions and classes in the standard library', async function () {
    this.timeout(120_000);
    const parsers = await loadParsers('python');
    const oracle = cpythonFacts<CPythonFacts>('pythonAst.py', FILES);
    if (folder === undefined)
      assert.ok(oracle.length > 100, `only ${oracle.length} files of the standard library could be read`);
    const differences: string[] = [];
    let compared = 0;
    for (const expected of oracle.filter(({ path: file }) => !isExplained(file))) {
      const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(readFileSync(expected.path));
      const module = lowerPython(parseOrFail(parsers, 'python', text));
      if (module.hasSyntaxErrors) differences.push(`${expected.path}: a syntax error that CPython does not see`);
      const found = pythonFacts(module);
      for (const kind of ['imports', 'calls', 'functions', 'classes'] as const) {
        compared += expected[kind].length;
        differences.push(
          ...multisetDifference(expected[kind], found[kind]).map((line) => `${expected.path}: ${kind} ${line}`),
        );
      }
    }
    parsers.dispose();
    assert.deepEqual(differences.slice(0, 50), [], `${differences.length} differences in ${compared} facts`);
    if (folder === undefined) assert.ok(compared > 10_000, `only ${compared} facts were compared`);
  });
});

function isExplained(file: string): boolean {
  return Object.keys(explained).some((name) => file.endsWith(name));
}
