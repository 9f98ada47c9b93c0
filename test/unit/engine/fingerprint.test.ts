import assert from 'node:assert/strict';
import { fingerprint, movedFingerprint } from '../../../src/core/engine/fingerprint.ts';

describe('fingerprint', () => {
  it('is that of the other name when the file is named from elsewhere, and comes back', () => {
    const here = fingerprint('a-rule', 'a.py', 'load( )', 0);
    const above = fingerprint('a-rule', 'sub/a.py', 'load( )', 0);
    assert.match(here, /^[0-9a-f]{16}$/);
    assert.notEqual(here, above);
    assert.equal(movedFingerprint(here, 'a.py', 'sub/a.py'), above);
    assert.equal(movedFingerprint(above, 'sub/a.py', 'a.py'), here);
  });

  it('differs by rule, file, text and occurrence, not by white space', () => {
    const all = [
      fingerprint('a-rule', 'a.py', 'load(x)', 0),
      fingerprint('b-rule', 'a.py', 'load(x)', 0),
      fingerprint('a-rule', 'b.py', 'load(x)', 0),
      fingerprint('a-rule', 'a.py', 'load(y)', 0),
      fingerprint('a-rule', 'a.py', 'load(x)', 1),
    ];
    assert.equal(new Set(all).size, all.length);
    assert.equal(fingerprint('r', 'a.py', ' load(x,\n  y)', 0), fingerprint('r', 'a.py', 'load(x, y)', 0));
  });
});
