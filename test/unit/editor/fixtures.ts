import type { Finding } from '../../../src/core/engine/finding.ts';
import type { Impact } from '../../../src/energy/impact.ts';
import { defaultProfile } from '../../../src/knowledge/hardware/builtinProfiles.ts';

export const profile = defaultProfile();

/** Saves `kwh` a year, give or take a half. */
export function impact(kwh: number, overrides: Partial<Impact> = {}): Impact {
  return {
    direction: 'saves',
    alsoSaves: [],
    probability: 0.97,
    share: { low: 0.4, mid: 0.5, high: 0.6 },
    perUnit: { low: 0.5, mid: 1, high: 1.5, unit: 'Wh' },
    unit: 'request',
    energyPerYear: { low: kwh * 0.5, mid: kwh, high: kwh * 1.5, unit: 'kWh' },
    carbonPerYear: { low: kwh * 0.2, mid: kwh * 0.4, high: kwh * 0.6, unit: 'kgCO2e' },
    costPerYear: { low: kwh * 0.1, mid: kwh * 0.15, high: kwh * 0.2, unit: 'USD' },
    assumptions: ['100,000 requests a year.', 'The <model> is *loaded* once.'],
    ...overrides,
  };
}

export function finding(overrides: Partial<Finding> = {}): Finding {
  return {
    ruleId: 'some-rule',
    category: 'redundant-compute',
    severity: 'warning',
    message: { what: 'What', why: 'Why', advice: 'Advice' },
    text: 'What. Why. Advice.',
    docsUrl: 'https://example.org/some-rule',
    location: { path: 'a.py', range: { start: { line: 1, character: 4 }, end: { line: 1, character: 9 } } },
    related: [],
    fixes: [],
    fingerprint: '0',
    ...overrides,
  };
}

export function at(path: string, line: number, cell?: number): Pick<Finding, 'location'> {
  const range = { start: { line, character: 0 }, end: { line, character: 1 } };
  return { location: cell === undefined ? { path, range } : { path, cell, range } };
}
