import assert from 'node:assert/strict';
import { reportText } from '../../../src/core/engine/reportText.ts';
import { impact } from '../editor/fixtures.ts';

describe('reportText', () => {
  const message = { what: 'What', why: 'Why', advice: 'Advice' };
  const shares: readonly (readonly [number, number, string])[] = [
    [0.4, 0.6, 'Estimated saving 40 to 60 % of'],
    [0.998, 1, 'Estimated saving about 100 % of'],
    [0.021, 0.024, 'Estimated saving about 2 % of'],
    [0.95, 1, 'Estimated saving 95 to 100 % of'],
  ];
  for (const [low, high, expected] of shares) {
    it(`says a share of ${low} to ${high} as a person would`, () => {
      const text = reportText(message, impact(20, { share: { low, mid: (low + high) / 2, high } }));
      assert.ok(text.startsWith(`What. ${expected} this energy, 20 kWh a year`), text);
    });
  }
});
