import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { cardRegime, cardRows, cardWorkload, unitsPerItem } from '../../../scripts/measure/cardWorkload.ts';
import { estimateWorkload } from '../../../src/energy/estimateWorkload.ts';
import type { Profile } from '../../../src/energy/profile.ts';
import { defaultProfile } from '../../../src/knowledge/hardware/builtinProfiles.ts';
import { findDevice } from '../../../src/knowledge/hardware/findDevice.ts';
import { hardwareOf } from '../../../src/knowledge/hardware/hardwareOf.ts';
import { modelCatalogue } from '../../../src/knowledge/models/modelCatalogue.ts';

/** Median error that the docs state, rounded up, by regime of the measured card: worse means that something broke. */
const MOST: Readonly<Record<string, number>> = {
  decode: 0.33,
  prefill: 0.3,
  encoder: 0.15,
  vision: 0.35,
  training: 0.22,
};

function profile(): Profile {
  const match = findDevice('NVIDIA H100 SXM5 80GB');
  assert.ok(match);
  return { ...defaultProfile(), hardware: hardwareOf(match.device, 1) };
}

interface Judged {
  readonly regime: string;
  readonly error: number;
  readonly holds: boolean;
}

function judged(): Judged[] {
  const at = profile();
  return cardRows(readFileSync('scripts/measure/h100.csv', 'utf8')).flatMap((row) => {
    const workload = cardWorkload(row);
    if (workload === undefined) return [];
    const { deviceWh } = estimateWorkload(workload, at, modelCatalogue);
    const measured = (Number(row['joules_per_unit']) * unitsPerItem(row)) / 3600;
    return {
      regime: cardRegime(row),
      error: Math.abs(deviceWh.mid / measured - 1),
      holds: measured >= deviceWh.low && measured <= deviceWh.high,
    };
  });
}

describe('one measured card', () => {
  const rows = judged();

  for (const [regime, most] of Object.entries(MOST)) {
    it(`${regime}: median error at most ${most}`, () => {
      const errors = rows.filter((row) => row.regime === regime).map(({ error }) => error);
      assert.ok(errors.length >= 4, `${errors.length} rows`);
      const middle = errors.sort((a, b) => a - b)[Math.floor(errors.length / 2)] ?? Number.NaN;
      assert.ok(middle <= most, `median error ${middle}`);
    });
  }

  it('is inside the intervals as often as they promise', () => {
    const plain = rows.filter(({ regime }) => regime in MOST);
    const inside = plain.filter(({ holds }) => holds).length / plain.length;
    assert.ok(inside >= 0.85, `${inside} of ${plain.length} rows`);
  });
});
