import assert from 'node:assert/strict';
import { coveringChange, textChange } from '../../../src/core/text/textChange.ts';

describe('Change between two texts', () => {
  it('is the smallest one', () => {
    assert.deepEqual(textChange('abcdef', 'abXYef'), { start: 2, oldEnd: 4, newEnd: 4 });
    assert.deepEqual(textChange('abab', 'ababab'), { start: 4, oldEnd: 4, newEnd: 6 });
    assert.deepEqual(textChange('aaa', 'a'), { start: 1, oldEnd: 3, newEnd: 1 });
    assert.equal(textChange('same', 'same'), undefined);
  });

  it('takes both halves of a surrogate pair', () => {
    assert.deepEqual(textChange('a😀b', 'a😁b'), { start: 1, oldEnd: 3, newEnd: 3 });
    assert.deepEqual(textChange('\ud83d\ude00', '\ud83c\ude00'), { start: 0, oldEnd: 2, newEnd: 2 });
  });

  it('covers two changes of texts of the same lengths', () => {
    const one = { start: 4, oldEnd: 6, newEnd: 7 };
    assert.deepEqual(coveringChange(one, { start: 2, oldEnd: 3, newEnd: 4 }), { start: 2, oldEnd: 6, newEnd: 7 });
    assert.equal(coveringChange(one, undefined), one);
  });
});
