import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { SourceModule } from '../../../src/core/ir/sourceModule.ts';
import { lowerPython } from '../../../src/languages/python/lowerPython.ts';
import { loadParsers, parseOrFail } from '../syntax/loadParsers.ts';
import { damagedText, fuzzParameters } from '../typescript/damage.ts';
import { spanProblems } from '../typescript/spanProblems.ts';
import { fuzzSources } from './fuzzSources.ts';

const openers = ['{', '(', '[', '"', "'", '"""', "'''", 'f"', "rb'", '@', '#', ':', '=', ':=', '*', '**', '->', '\\'];
const closers = ['}', ')', ']', ',', ';', '\n', '\r', '\t', '    ', '\n  ', '\0', '\ud83d'];
const words = [
  'await ',
  'class ',
  'import ',
  'def ',
  'lambda ',
  'if ',
  'else',
  'for ',
  'in ',
  'case ',
  'not ',
  'yield ',
  'type ',
];

/** A Python definition begins at its `def` or `class`, a comprehension's clause ends at its iterable. */
function isOutsideByDesign(path: string): boolean {
  return /\.decorators\.\d+$|\.clauses\.\d+\.conditions\.\d+$/.test(path);
}

/** Text that the parser skipped is kept by the statement at hand, which need not enclose it. */
function problemsOf(module: SourceModule): readonly string[] {
  return spanProblems(module, (path) => module.hasSyntaxErrors || isOutsideByDesign(path));
}

describe('Python front end on damaged sources', () => {
  let lower: (text: string) => SourceModule;

  before(async () => {
    const parsers = await loadParsers('python');
    lower = (text) => lowerPython(parseOrFail(parsers, 'python', text));
  });

  it('takes the undamaged sources without syntax errors', () => {
    for (const text of fuzzSources) {
      const module = lower(text);
      assert.equal(module.hasSyntaxErrors, false);
      assert.deepEqual(problemsOf(module), []);
    }
  });

  it('never throws, keeps every span inside the text, and inside its parent where the text is valid', () => {
    const property = fc.property(damagedText(fuzzSources, [...openers, ...closers, ...words]), (damaged) => {
      assert.deepEqual(problemsOf(lower(damaged)), []);
    });
    fc.assert(property, fuzzParameters());
  });
});
