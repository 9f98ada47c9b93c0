import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { applyEdits } from '../../../src/core/fixes/applyEdits.ts';

const edit = (start: number, end: number, text: string) => ({ span: { start, end }, text });

describe('applyEdits', () => {
  it('applies edits in any order', () => {
    assert.equal(applyEdits('abcdef', [edit(4, 6, 'X'), edit(0, 1, 'YY')]), 'YYbcdX');
  });

  it('refuses overlapping edits and edits outside the text', () => {
    assert.equal(applyEdits('abcdef', [edit(0, 3, ''), edit(2, 4, '')]), undefined);
    assert.equal(applyEdits('abc', [edit(2, 4, '')]), undefined);
    assert.equal(applyEdits('abc', [edit(2, 1, '')]), undefined);
  });

  it('makes an equal edit once and keeps the order of insertions at one place', () => {
    assert.equal(applyEdits('ab', [edit(1, 1, 'x'), edit(1, 1, 'x')]), 'axb');
    assert.equal(applyEdits('ab', [edit(1, 1, 'x'), edit(1, 1, 'y')]), 'axyb');
    assert.equal(applyEdits('ab', [edit(1, 2, 'B'), edit(1, 1, 'x')]), 'axB');
  });

  it('counts UTF-16 code units and leaves the rest untouched', () => {
    assert.equal(applyEdits('a😀\r\nb', [edit(3, 3, '!')]), 'a😀!\r\nb');
  });

  it('gives the same text whatever the order of disjoint edits', () => {
    const cuts = fc.uniqueArray(fc.nat(40), { minLength: 2, maxLength: 12 });
    fc.assert(
      fc.property(fc.string({ minLength: 41, maxLength: 60 }), cuts, fc.nat(), (text, points, seed) => {
        const sorted = points.sort((a, b) => a - b);
        const edits = sorted.slice(1).map((end, index) => edit(sorted[index] ?? 0, end, `<${index}>`));
        const rotated = edits.map((_, index) => edits[(index + seed) % edits.length] ?? edit(0, 0, ''));
        assert.equal(applyEdits(text, rotated), applyEdits(text, edits));
      }),
    );
  });
});
