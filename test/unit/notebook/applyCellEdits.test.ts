import assert from 'node:assert/strict';
import type { TextEdit } from '../../../src/core/engine/finding.ts';
import { applyCellEdits } from '../../../src/languages/notebook/applyCellEdits.ts';

const listNotebook = `{
 "cells": [
  {
   "cell_type": "markdown",
   "source": ["# T"]
  },
  {
   "cell_type": "code",
   "outputs": [{"text": ["caf\u00e9 \\u001b[0m"]}],
   "source": [
    "import torch\\n",
    "a = f(1)\\n",
    "b = \\"x\\""
   ], "metadata": {}
  }
 ],
 "nbformat": 4
}
`;

describe('applyCellEdits', () => {
  it('replaces within one line of a list and leaves every other byte', () => {
    const text = edited(listNotebook, [edit(1, 1, 6, 1, 7, '2, d="é"')]);
    assert.equal(text, listNotebook.replace('"a = f(1)\\n"', '"a = f(2, d=\\"é\\")\\n"'));
  });

  it('inserts lines with the indentation of the list', () => {
    assert.equal(
      edited(listNotebook, [edit(1, 1, 0, 1, 0, 'import x\n')]),
      listNotebook.replace('    "a = f', '    "import x\\n",\n    "a = f'),
    );
    assert.equal(
      edited(listNotebook, [edit(1, 2, 7, 2, 7, '\nc')]),
      listNotebook.replace('"b = \\"x\\""', '"b = \\"x\\"\\n",\n    "c"'),
    );
    assert.equal(
      edited(listNotebook, [edit(1, 0, 0, 0, 0, 'import x\n')]),
      listNotebook.replace('    "import torch', '    "import x\\n",\n    "import torch'),
    );
  });

  it('removes lines', () => {
    assert.equal(edited(listNotebook, [edit(1, 1, 0, 2, 0, '')]), listNotebook.replace('    "a = f(1)\\n",\n', ''));
  });

  it('applies several edits, in several cells, whatever their order', () => {
    const text = edited(listNotebook, [
      edit(1, 2, 0, 2, 1, 'q'),
      edit(0, 0, 2, 0, 3, 'U'),
      edit(1, 0, 7, 0, 12, 'jax'),
    ]);
    const expected = listNotebook.replace('# T', '# U').replace('import torch', 'import jax').replace('"b =', '"q =');
    assert.equal(text, expected);
  });

  it('keeps a string a string, and a file without final line end as it is', () => {
    const text = '\uFEFF{"cells":[{"source":"a = 1\\nb","cell_type":"code"}]}';
    assert.equal(edited(text, [edit(0, 0, 4, 0, 5, '2')]), text.replace('a = 1', 'a = 2'));
  });

  it('keeps lists on one line on one line', () => {
    const text = '{"cells": [{"source": ["a\\n", "b"]}, {"source": ["a"]}, {"source": []}]}';
    assert.equal(edited(text, [edit(0, 1, 0, 1, 0, 'c\n')]), text.replace('"a\\n", "b"', '"a\\n", "c\\n", "b"'));
    assert.equal(edited(text, [edit(1, 0, 0, 0, 0, 'c\n')]), text.replace('["a"]', '["c\\n", "a"]'));
    assert.equal(edited(text, [edit(2, 0, 0, 0, 0, 'c\nd')]), text.replace('[]', '["c\\n", "d"]'));
  });

  it('escapes what the file escapes', () => {
    const text = '{"cells": [{"source": ["a = \\"\\u00e9\\"\\n", "b"]}]}';
    assert.equal(edited(text, [edit(0, 1, 0, 1, 1, 'ü😀')]), text.replace('"b"', '"\\u00fc\\ud83d\\ude00"'));
  });

  it('edits the worksheets of nbformat 3', () => {
    const text = '{"worksheets": [{"cells": [{"input": ["a"]}]}, {"cells": [{"input": ["b"]}]}]}';
    assert.equal(edited(text, [edit(1, 0, 0, 0, 1, 'c')]), text.replace('"b"', '"c"'));
  });

  it('changes nothing for edits that change nothing', () => {
    assert.equal(edited(listNotebook, []), listNotebook);
    assert.equal(edited(listNotebook, [edit(1, 0, 0, 0, 6, 'import')]), listNotebook);
  });

  it('gives valid JSON whose sources are the edited ones, for every position', () => {
    const before = sourceOf(listNotebook);
    for (let offset = 0; offset <= before.length; offset++) {
      for (const newText of ['', 'x', 'x\n', '\n', '"\\\n\n']) {
        const lines = before.slice(0, offset).split('\n');
        const place = [lines.length - 1, lines.at(-1)?.length ?? 0] as const;
        const text = edited(listNotebook, [edit(1, ...place, ...place, newText)]);
        assert.equal(sourceOf(text), before.slice(0, offset) + newText + before.slice(offset));
        assert.equal(
          JSON.parse(text).cells[1].source.every((line: string) => /^[^\n]*\n?$/.test(line)),
          true,
        );
      }
    }
  });

  for (const [name, text, edits, reason] of [
    ['invalid JSON', '{', [edit(0, 0, 0, 0, 0, 'x')], 'the notebook is not valid JSON with a list of cells'],
    ['a cell that is not there', listNotebook, [edit(2, 0, 0, 0, 0, 'x')], 'cell 2 has no source to edit'],
    ['an edit without a cell', listNotebook, [{ range: range(0, 0, 0, 0), newText: '' }], 'an edit names no cell'],
    ['a null source', '{"cells": [{"source": null}]}', [edit(0, 0, 0, 0, 0, 'x')], 'cell 0 has no source to edit'],
    [
      'overlapping edits',
      listNotebook,
      [edit(1, 0, 0, 0, 5, 'x'), edit(1, 0, 3, 0, 6, 'y')],
      'edits of cell 1 overlap',
    ],
  ] as const) {
    it(`refuses ${name}`, () => {
      assert.deepEqual(applyCellEdits(text, edits), { kind: 'edit-failure', reason });
    });
  }
});

function edited(text: string, edits: readonly TextEdit[]): string {
  const result = applyCellEdits(text, edits);
  assert.ok(result.kind === 'edited', JSON.stringify(result));
  return result.text;
}

function range(line: number, character: number, endLine: number, endCharacter: number): TextEdit['range'] {
  return { start: { line, character }, end: { line: endLine, character: endCharacter } };
}

function edit(
  cell: number,
  line: number,
  character: number,
  endLine: number,
  endCharacter: number,
  newText: string,
): TextEdit {
  return { cell, range: range(line, character, endLine, endCharacter), newText };
}

function sourceOf(text: string): string {
  return JSON.parse(text).cells[1].source.join('');
}
