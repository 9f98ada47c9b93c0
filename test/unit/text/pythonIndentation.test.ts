import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { indentationProblems, newIndentationProblem } from '../../../src/core/text/pythonIndentation.ts';
import { itWithPython, pythonSyntaxErrors } from '../../support/pythonSyntax.ts';

/** Each is one line, or a line with what continues it; all of them are valid Python in the right place. */
const LINES = [
  'x = 1',
  'if x:',
  'def f(a, b={1: 2}):',
  'class A:',
  '@d',
  '@d(1)',
  'async def g():',
  'if x: y = 1',
  '# if x:',
  '',
  'x = """a:\n if b:\n"""',
  'x = (1,\n2)',
  "x = 'a\\\n    b:'",
  'x = 1 + \\\n  2',
  'y = x[1:]',
  'f = lambda: 1',
  'z: int = 3  # why:',
  'x = 1; y = 2',
  'for i in x:  # loop',
];
const INDENTATIONS = ['', '', '', ' ', '    ', '    ', '        ', '\t', '\t\t', '    \t', '\f', '\t    '];

describe('indentation of Python', () => {
  const refused: readonly (readonly [string, string, number])[] = [
    ['a block without a body', 'if x:\ny = 1\n', 2],
    ['a head at the end', 'if x:\n    # nothing\n', 1],
    ['a line that is indented more', 'x = 1\n  y = 2\n', 2],
    ['a level that was never opened', 'if x:\n    y\n  z\n', 3],
    ['a decorator at another level', 'if x:\n@d\n    def f(): pass\n', 2],
    ['a decorator in front of another line', '@d\nx = 1\n', 2],
    ['a decorator at the end', 'x = 1\n@d\n', 2],
    ['tabs for spaces', 'if x:\n        y\n\tz\n', 3],
  ];
  for (const [name, text, line] of refused) {
    it(`refuses ${name}`, () => {
      assert.equal(indentationProblems(text)[0]?.line, line);
    });
  }

  it('counts only what an edit brought', () => {
    const before = 'x = 1\n  y = 2\n';
    assert.equal(newIndentationProblem(before, `import a\n${before}`), undefined);
    assert.equal(newIndentationProblem(before, `${before}    z = 3\n`)?.line, 3);
  });

  itWithPython('refuses nothing that CPython takes', () => {
    const errors = pythonSyntaxErrors(refused.map(([, text]) => text));
    assert.deepEqual(
      refused.filter((_, index) => errors[index] === null),
      [],
    );
  });

  itWithPython('agrees with CPython on texts that are valid but for their layout', () => {
    const line = fc.tuple(fc.constantFrom(...INDENTATIONS), fc.constantFrom(...LINES));
    const linesOf = fc.array(line, { minLength: 1, maxLength: 7 });
    const texts = fc
      .sample(linesOf, { numRuns: 4000, seed: 7 })
      .map((lines) => `${lines.map(([space, code]) => space + code).join('\n')}\n`);
    const errors = pythonSyntaxErrors(texts);
    const differences = texts.filter((text, index) => {
      const error = errors[index] ?? null;
      // Other errors than those of the layout are the parser's part.
      const isLayout = error === null || /^(IndentationError|TabError)|decorator/.test(error);
      return isLayout && (error === null) !== (indentationProblems(text).length === 0);
    });
    assert.ok(errors.filter((error) => error === null).length > 100);
    assert.ok(errors.filter((error) => error?.startsWith('IndentationError')).length > 100);
    assert.deepEqual(differences.map((text) => `${text}--- ${errors[texts.indexOf(text)]}`).slice(0, 5), []);
  });
});
