import assert from 'node:assert/strict';
import type { EstimateUnit } from '../../../src/energy/estimate.ts';
import { amountText, estimateText, intervalText } from '../../../src/energy/estimateText.ts';

describe('texts of estimates', () => {
  const estimate = (low: number, mid: number, high: number, unit: EstimateUnit) => ({ low, mid, high, unit });

  it('take the unit that fits the middle, with two digits', () => {
    assert.equal(estimateText(estimate(812, 1234, 2345, 'kWh')), '1.2 MWh (0.81 to 2.3)');
    assert.equal(estimateText(estimate(0.1, 0.25, 0.9, 'Wh')), '250 mWh (100 to 900)');
    assert.equal(amountText(estimate(1, 2, 3, 'kgCO2e')), '2 kg CO₂e');
  });
  it('say a negative bound with a minus sign', () =>
    assert.equal(intervalText(estimate(-410, 910, 5600, 'Wh')), '−410 to 5,600'));
  it('do not count fractions of a cent', () => {
    assert.equal(estimateText(estimate(1e-5, 8.7e-4, 0.0092, 'USD')), 'under $0.01');
    assert.equal(estimateText(estimate(0.001, 0.02, 0.3, 'USD')), '$0.02 (0.001 to 0.3)');
  });
});
