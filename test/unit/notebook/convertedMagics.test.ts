import assert from 'node:assert/strict';
import { documentOf } from '../../../src/core/engine/document.ts';
import type { Parsers } from '../../../src/core/syntax/parsers.ts';
import { isParseFailure } from '../../../src/core/syntax/syntaxTree.ts';
import { openConvertedMagics } from '../../../src/languages/notebook/convertedMagics.ts';
import { lowerPython } from '../../../src/languages/python/lowerPython.ts';
import { loadParsers } from '../../support/programOf.ts';

/** Source of a converted notebook, the callees that are found in it, and their text in the file. */
const examples: readonly (readonly [string, string, readonly string[]])[] = [
  ['a cell', "get_ipython().run_cell_magic('time', '', 'a = f(1)\\nb = g(a)\\n')\nh()\n", ['f', 'g', 'h']],
  ['a block', "get_ipython().run_cell_magic('time', '', 'for x in xs:\\n    f(x)\\n    g(x)\\n')\n", ['f', 'g']],
  ['quotes', "get_ipython().run_cell_magic('time', '', 'f(\\'a\\', \\'b\\')\\ng(\"c\")')\n", ['f', 'g']],
  ['double quotes', 'get_ipython().run_cell_magic("timeit", "-n 1", "f()\\n")\n', ['f']],
  ['triple quotes', "get_ipython().run_cell_magic('capture', 'out', '''\nf()\n''')\n", ['f']],
  ['a timed line', "get_ipython().run_line_magic('time', 'f(1)')\n", ['f']],
  ['a line that goes on', "get_ipython().run_cell_magic('time', '', 'a = \\\\\\nf(1)\\ng(a)')\n", ['f', 'g']],
  ['options of a timed line', "get_ipython().run_line_magic('timeit', '-n5 -r 3 f(1)')\n", ['f']],
  ['after other code', "x()\n\nget_ipython().run_cell_magic('time', '', 'f()')\ny()", ['x', 'f', 'y']],
];

describe('code in strings of converted notebooks', () => {
  let parsers: Parsers;
  before(async () => {
    parsers = await loadParsers();
  });

  for (const [title, source, callees] of examples) {
    it(title, () => {
      const opened = openConvertedMagics(source);
      assert.ok(opened);
      assert.equal(opened.text.length, source.length);
      const tree = parsers.parse('python', opened.text);
      if (isParseFailure(tree)) throw new Error(tree.reason);
      const module = lowerPython(tree);
      assert.equal(module.hasSyntaxErrors, false, opened.text);
      const found = [...opened.text.matchAll(/\b[a-z](?=\()/g)].map(({ index }) => source.slice(index, index + 1));
      assert.deepEqual(found, callees);
    });
  }

  const closed: readonly (readonly [string, string])[] = [
    ['another language', "get_ipython().run_cell_magic('bash', '', 'ls\\n')\n"],
    ['another line magic', "get_ipython().run_line_magic('matplotlib', 'inline')\n"],
    ['a name for the code', "get_ipython().run_cell_magic('time', '', source)\n"],
    ['a string that goes on', "get_ipython().run_cell_magic('time', '', 'a' + b)\n"],
    ['plain code', 'f()\n'],
  ];
  for (const [title, source] of closed)
    it(`stays: ${title}`, () => assert.equal(openConvertedMagics(source), undefined));

  it('is shown where it stands and cannot be edited', () => {
    const text = "x()\nget_ipython().run_cell_magic('time', '', 'a = 1\\nf(a)\\n')\n";
    const document = documentOf({ kind: 'file', path: 'a.py', language: 'python', text });
    const start = text.indexOf('f(a)');
    assert.deepEqual(document.place({ start, end: start + 4 })?.range.start, { line: 1, character: start - 4 });
    assert.deepEqual(
      document.readOnly?.map((span) => text.slice(span.start, span.end)),
      [text.slice(4, -1)],
    );
  });
});
