import assert from 'node:assert/strict';
import { impactMarkdown } from '../../../src/editor/impactMarkdown.ts';
import { finding, impact, profile } from './fixtures.ts';

describe('impactMarkdown', () => {
  it('gives the interval per unit and per year, the profile, every assumption and the links', () => {
    const text = impactMarkdown(finding({ impact: impact(12) }), profile);
    for (const part of [
      '50 % (40 % to 60 %) of this work',
      '97 % likely',
      '| per request | 1 Wh (0.5 to 1.5) |',
      '| per year | 12 kWh (6 to 18) |',
      '| CO₂e per year, use | 4.8 kg CO₂e (2.4 to 7.2) |',
      '| money per year | $1.8 (1.2 to 2.4) |',
      `**Hardware** ${profile.name}`,
      '- 100,000 requests a year.',
      'command:greenAi.selectProfile',
      'command:greenAi.openRuleDocumentation?%5B%22some-rule%22%5D',
    ]) {
      assert.ok(text.includes(part), `${part}\nis missing in\n${text}`);
    }
  });

  it('escapes what comes from code', () => {
    assert.ok(
      impactMarkdown(finding({ impact: impact(1) }), profile).includes('- The \\<model\\> is \\*loaded\\* once.'),
    );
  });

  it('never calls an estimate certain, and gives no interval of one number', () => {
    const share = { low: 0.999, mid: 0.9995, high: 1 };
    const text = impactMarkdown(finding({ impact: impact(1, { probability: 1, share }) }), profile);
    assert.match(text, /: 100 % of this work's energy, more than 99 % likely/);
  });

  it('says so when there is no estimate', () => {
    const text = impactMarkdown(finding(), profile);
    assert.match(text, /no energy estimate/);
    assert.doesNotMatch(text, /Assumptions/);
  });
});
