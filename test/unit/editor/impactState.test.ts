import assert from 'node:assert/strict';
import type { Finding } from '../../../src/core/engine/finding.ts';
import { impactState } from '../../../src/editor/panel/impactState.ts';
import { isFromWebview, type JumpTarget } from '../../../src/editor/panel/protocol.ts';
import { isFromReport } from '../../../src/editor/panel/reportProtocol.ts';
import { at, finding, impact, profile } from './fixtures.ts';

const target = ({ location }: Finding): JumpTarget => ({ uri: `file:///${location.path}`, ...location.range.start });

describe('impactState', () => {
  it('ranks the findings of the file by saving and keeps the numbers of the estimate', () => {
    const findings = [
      finding({ ruleId: 'none' }),
      finding({ ruleId: 'small', impact: impact(5), ...at('n.ipynb', 2, 3) }),
      finding({ ruleId: 'large', impact: impact(20), ...at('n.ipynb', 0, 0) }),
    ];
    const state = impactState({ profile, file: { label: 'n.ipynb', findings }, workspace: undefined, target });
    assert.deepEqual(
      state.ranking.map(({ ruleId, place, weight, amount }) => [ruleId, place, weight, amount]),
      [
        ['large', 'cell 1, line 1', 1, '20 kWh'],
        ['small', 'cell 4, line 3', 0.25, '5 kWh'],
        ['none', 'line 2', 0, 'not estimated'],
      ],
    );
    assert.deepEqual(
      state.file?.totals.map(({ amount, interval }) => `${amount} (${interval})`),
      ['25 kWh (13 to 38)', '10 kg CO₂e (5 to 15)', '$3.8 (2.5 to 5)'],
    );
    assert.equal(state.workspace, undefined);
  });

  it('shows the machine, the place and the work of the profile, which may come from different sources', () => {
    const workload = { ...profile.workload, requestsPerYear: 7_000_000 };
    const site = { ...profile.site, region: 'Germany' };
    const sources = { file: undefined, workspace: undefined, target };
    const { detail } = impactState({ profile: { ...profile, site, workload }, ...sources }).profile ?? assert.fail();
    assert.ok(detail.startsWith(profile.hardware.device), detail);
    assert.match(
      detail,
      / W · Germany, \d+ g CO₂e\/kWh \(\d{4}\) · 7,000,000 requests, [\d,]+ items, [\d,]+ runs a year$/,
    );
  });
});

describe('messages from a page', () => {
  it('are taken only in their known shapes', () => {
    const jump = { type: 'jump', target: { uri: 'file:///a', line: 1, character: 0 } };
    for (const good of [{ type: 'ready' }, { type: 'selectProfile' }, { type: 'report' }, jump]) {
      assert.equal(isFromWebview(good), true, JSON.stringify(good));
    }
    for (const good of [{ type: 'ready' }, { type: 'rerun' }, { type: 'export', format: 'html' }, jump]) {
      assert.equal(isFromReport(good), true, JSON.stringify(good));
    }
    const bad = [null, 'ready', {}, { type: 'run' }, { type: 'jump' }, { type: 'jump', target: { uri: 1, line: 'x' } }];
    const places = [{ line: -1 }, { line: 1.5 }, { character: -1 }, { line: Number.MAX_VALUE }, { uri: undefined }];
    for (const place of places) {
      const message = { ...jump, target: { ...jump.target, ...place } };
      assert.equal(isFromWebview(message), false, JSON.stringify(message));
    }
    for (const message of [...bad, { type: 'export', format: '../x' }]) {
      assert.equal(isFromWebview(message), false, JSON.stringify(message));
      assert.equal(isFromReport(message), false, JSON.stringify(message));
    }
  });
});
