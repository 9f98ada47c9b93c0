import assert from 'node:assert/strict';
import type { Impact } from '../../../src/energy/impact.ts';
import { impactOf } from '../../../src/energy/impactOf.ts';
import type { Profile } from '../../../src/energy/profile.ts';
import type { Workload } from '../../../src/energy/workload.ts';
import { defaultProfile } from '../../../src/knowledge/hardware/builtinProfiles.ts';
import { findDevice } from '../../../src/knowledge/hardware/findDevice.ts';
import { hardwareOf } from '../../../src/knowledge/hardware/hardwareOf.ts';
import { modelCatalogue } from '../../../src/knowledge/models/modelCatalogue.ts';
import data from './measuredPairs.json';

interface MeasuredPair {
  readonly effect: string;
  readonly pairs: number;
  readonly ratio: number;
  readonly low?: number;
  readonly high?: number;
  readonly device: string;
  readonly before: Workload;
  readonly after: Partial<Workload>;
  readonly checks: 'sign and range' | 'overlap' | 'sign' | 'none';
}

const measured = data.entries as readonly MeasuredPair[];

function impact(pair: MeasuredPair): Impact {
  const match = findDevice(pair.device);
  assert.ok(match, pair.device);
  const profile: Profile = { ...defaultProfile(), hardware: hardwareOf(match.device, 1) };
  return impactOf({ before: pair.before, after: pair.after }, profile, modelCatalogue);
}

describe('measured pairs', () => {
  for (const pair of measured) {
    it(`${pair.effect} on ${pair.device}: ${pair.checks}`, () => {
      const found = impact(pair);
      if (pair.checks === 'none') {
        assert.equal(found.direction, 'none');
        return;
      }
      const [low, mid, high] = [1 - found.share.high, 1 - found.share.mid, 1 - found.share.low];
      const says = `model ${mid.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)}), ${found.direction}`;
      assert.notEqual(found.direction, pair.ratio < 1 ? 'increases' : 'saves', says);
      const [least, most] = [pair.low ?? pair.ratio, pair.high ?? pair.ratio];
      // Pairs that go either way must not be sold as a saving.
      if (most > 1) assert.notEqual(found.direction, 'saves', says);
      if (pair.checks === 'overlap' || pair.low === undefined) assert.ok(low <= most && high >= least, says);
      else if (pair.checks === 'sign and range') assert.ok(mid >= least && mid <= most, says);
    });
  }

  it('calls most of the clear ones', () => {
    const clear = measured.filter((pair) => pair.pairs >= 10 && ((pair.high ?? 1) < 1 || (pair.low ?? 1) > 1));
    const called = clear.filter((pair) => impact(pair).direction !== 'may-increase');
    assert.ok(called.length / clear.length > 0.8, `${called.length} of ${clear.length}`);
  });
});
