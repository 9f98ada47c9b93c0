import assert from 'node:assert/strict';
import { isAtLeast } from '../../../rules/shared/versions.ts';
import { ABSENT, known, UNKNOWN } from '../../../src/core/semantics/fact.ts';

describe('library versions', () => {
  it('orders versions as their releases came', () => {
    const declaredBy = 'requirements.txt';
    assert.equal(isAtLeast(known({ exact: '4.9.1', declaredBy }), '4.57'), 'no');
    assert.equal(isAtLeast(known({ exact: '2.1.0+cpu', declaredBy }), '2.1'), 'yes');
    assert.equal(isAtLeast(known({ min: '5.0rc1', declaredBy }), '5.0'), 'unknown');
    assert.equal(isAtLeast(known({ min: '5.0rc1', declaredBy }), '4.57.6'), 'yes');
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
