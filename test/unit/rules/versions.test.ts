import assert from 'node:assert/strict';
import { compareVersions, isAtLeast } from '../../../rules/shared/versions.ts';
import { ABSENT, known, UNKNOWN } from '../../../src/core/semantics/fact.ts';

describe('library versions', () => {
  it('compares release numbers, not text', () => {
    assert.ok(compareVersions('4.9.1', '4.57') < 0);
    assert.ok(compareVersions('5.0.0rc1', '4.57.6') > 0);
    assert.equal(compareVersions('2.1.0+cpu', '2.1'), 0);
    assert.equal(compareVersions('v4.44', '4.44.0'), 0);
  });

  it('decides from a pin, a lower bound or an upper bound', () => {
    const declaredBy = 'requirements.txt';
    assert.equal(isAtLeast(known({ exact: '4.44.0', min: '4.44.0', declaredBy }), '5'), 'no');
    assert.equal(isAtLeast(known({ exact: '5.1.0', min: '5.1.0', declaredBy }), '5'), 'yes');
    assert.equal(isAtLeast(known({ min: '5.0', declaredBy }), '5'), 'yes');
    assert.equal(isAtLeast(known({ below: '5', declaredBy }), '5'), 'no');
  });

  it('leaves open what the manifests leave open', () => {
    const declaredBy = 'requirements.txt';
    assert.equal(isAtLeast(known({ min: '4.40', declaredBy }), '5'), 'unknown');
    assert.equal(isAtLeast(known({ below: '6', declaredBy }), '5'), 'unknown');
    assert.equal(isAtLeast(known({ declaredBy }), '5'), 'unknown');
    assert.equal(isAtLeast(UNKNOWN, '5'), 'unknown');
    assert.equal(isAtLeast(ABSENT, '5'), 'unknown');
  });
});
