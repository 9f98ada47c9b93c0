import assert from 'node:assert/strict';
import type { AnalysisInput } from '../../../src/core/engine/analysis.ts';
import { brokenIndentation } from '../../../src/core/fixes/brokenIndentation.ts';
import { editedInput } from '../../../src/core/fixes/editedInput.ts';

const at = (line: number, character: number, newText: string, cell?: number) => {
  const place = { line, character };
  return { range: { start: place, end: place }, newText, ...(cell === undefined ? {} : { cell }) };
};

describe('layout after edits', () => {
  const file: AnalysisInput = { kind: 'file', path: 'a.py', language: 'python', text: 'if a:\n    def f(): pass\n' };
  const notebook: AnalysisInput = {
    kind: 'notebook',
    path: 'a.ipynb',
    cells: [
      { language: 'other', text: '  # Text\n' },
      { language: 'python', text: '  x = 1\n' },
      { language: 'python', text: 'if a:\n    b\n' },
    ],
  };

  it('is refused where CPython would refuse it', () => {
    const after = editedInput(file, [at(1, 0, '@cache\n')]);
    assert.ok(after);
    assert.equal(brokenIndentation(file, after), 'line 2: expected an indented block');
    const good = editedInput(file, [at(1, 4, '@cache\n    ')]);
    assert.ok(good);
    assert.equal(brokenIndentation(file, good), undefined);
  });

  it('is looked at cell by cell, and what was wrong before does not count', () => {
    const after = editedInput(notebook, [at(1, 4, 'c\n    ', 2)]);
    assert.ok(after);
    assert.equal(brokenIndentation(notebook, after), undefined);
    const broken = editedInput(notebook, [at(1, 0, 'c\n', 2)]);
    assert.ok(broken);
    assert.equal(brokenIndentation(notebook, broken), 'line 2: expected an indented block');
  });

  it('has no text when edits overlap', () => {
    const whole = { start: { line: 0, character: 0 }, end: { line: 0, character: 5 } };
    assert.equal(editedInput(file, [{ range: whole, newText: '' }, at(0, 2, 'x')]), undefined);
  });
});
