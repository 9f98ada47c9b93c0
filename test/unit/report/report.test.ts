import assert from 'node:assert/strict';
import type { Finding } from '../../../src/core/engine/finding.ts';
import type { Estimate } from '../../../src/energy/estimate.ts';
import type { Impact } from '../../../src/energy/impact.ts';
import { defaultProfile } from '../../../src/knowledge/hardware/builtinProfiles.ts';
import { buildReport } from '../../../src/report/buildReport.ts';
import type { ReportMeta } from '../../../src/report/reportModel.ts';
import { toHtml } from '../../../src/report/toHtml.ts';
import { toJson } from '../../../src/report/toJson.ts';
import { toMarkdown } from '../../../src/report/toMarkdown.ts';
import { totalSaving } from '../../../src/report/totalSaving.ts';

const META: ReportMeta = {
  label: 'shop <api>',
  createdAt: '2026-03-04T05:06:07.000Z',
  toolVersion: '1.2.3',
  analysedFiles: 3,
  suppressedFindings: 1,
  skipped: [{ path: 'big.py', reason: 'larger than 2 MB' }],
};

function impact(mid: number, direction: Impact['direction'] = 'saves', unit: Estimate['unit'] = 'kWh'): Impact {
  const around = (value: number, of: Estimate['unit']): Estimate => ({
    low: value / 2,
    mid: value,
    high: value * 2,
    unit: of,
  });
  return {
    direction,
    alsoSaves: [],
    probability: 0.9,
    share: { low: 0.1, mid: 0.2, high: 0.3 },
    perUnit: around(mid, 'Wh'),
    unit: 'request',
    energyPerYear: around(mid, unit),
    carbonPerYear: around(mid / 2, 'kgCO2e'),
    costPerYear: around(mid / 10, 'USD'),
    assumptions: ['A common assumption.', `Only for ${mid}.`],
  };
}

function finding(ruleId: string, path: string, line: number, extra: Partial<Finding> = {}): Finding {
  return {
    ruleId,
    category: 'full-precision',
    severity: 'warning',
    message: { what: `what of ${ruleId}`, why: 'because', advice: 'do it' },
    text: 'text',
    docsUrl: `https://example.org/${ruleId}`,
    location: { path, range: { start: { line, character: 4 }, end: { line, character: 9 } } },
    related: [],
    fixes: [],
    fingerprint: `${ruleId}-${path}-${line}`,
    ...extra,
  };
}

describe('totalSaving', () => {
  it('adds middles and bounds, in one unit', () => {
    const total = totalSaving([
      finding('a', 'x.py', 1, { impact: impact(2) }),
      finding('b', 'y.py', 1, { impact: impact(500, 'saves', 'Wh') }),
    ]);
    assert.deepEqual(total.energy, { low: 1.25, mid: 2.5, high: 5, unit: 'kWh' });
    assert.equal(total.counted, 2);
  });

  it('keeps use (and training within it) and the making of the devices apart', () => {
    const embodiedPerYear: Estimate = { low: 1, mid: 2, high: 4, unit: 'kgCO2e' };
    const findings = [
      finding('a', 'x.py', 1, { impact: { ...impact(20), phase: 'training', embodiedPerYear } }),
      finding('b', 'y.py', 1, { impact: { ...impact(10), phase: 'inference', embodiedPerYear } }),
    ];
    const total = totalSaving(findings);
    assert.deepEqual([total.carbon.mid, total.trainingCarbon.mid, total.embodied.mid], [15, 10, 4]);
    const report = buildReport(findings, defaultProfile(), META);
    for (const text of [toMarkdown(report), toHtml(report)]) {
      for (const label of ['Carbon, use', 'Carbon, training part of use', 'Carbon, making the devices'])
        assert.ok(text.includes(label), label);
    }
    const without = toMarkdown(buildReport([finding('a', 'x.py', 1, { impact: impact(2) })], defaultProfile(), META));
    assert.ok(without.includes('Carbon, use') && !without.includes('making the devices'));
  });

  it('counts what surely saves, once per line, and nothing suppressed', () => {
    const total = totalSaving([
      finding('a', 'x.py', 1, { impact: impact(2) }),
      finding('b', 'x.py', 1, { impact: impact(3) }),
      finding('c', 'x.py', 2, { impact: impact(100, 'may-increase') }),
      finding('d', 'x.py', 3, { impact: impact(100, 'none') }),
      finding('e', 'x.py', 4, { impact: impact(100), suppression: { kind: 'inline' } }),
      finding('f', 'x.py', 5),
    ]);
    assert.equal(total.energy.mid, 3);
    assert.equal(total.counted, 1);
  });
});

describe('buildReport', () => {
  const findings = [
    finding('small', 'b.py', 9, { impact: impact(1) }),
    finding('open', 'a.py', 1, { impact: impact(50, 'may-increase'), severity: 'hint' }),
    finding('large', 'a.py', 5, {
      impact: impact(30),
      fixes: [
        { title: 'Suggest', safety: 'suggestion', edits: [] },
        { title: 'Do', safety: 'safe', edits: [] },
      ],
    }),
    finding('plain', 'a.py', 7, { category: 'batching' }),
    finding('gone', 'a.py', 8, { suppression: { kind: 'baseline' } }),
  ];
  const report = buildReport(findings, defaultProfile(), META);

  it('ranks by saving and puts what has none last, surest first', () => {
    assert.deepEqual(
      report.ranking.map(({ rank, ruleId, isCounted }) => [rank, ruleId, isCounted]),
      [
        [1, 'large', true],
        [2, 'small', true],
        [3, 'plain', false],
        [4, 'open', false],
      ],
    );
    assert.deepEqual(report.ranking[0]?.fix, { title: 'Do', safety: 'safe' });
  });

  it('groups by category, rule and file', () => {
    const names = (groups: typeof report.byFile) =>
      groups.map(({ name, findings: amount, total }) => [name, amount, total.energy.mid]);
    assert.deepEqual(names(report.byFile), [
      ['a.py', 3, 30],
      ['b.py', 1, 1],
    ]);
    assert.deepEqual(names(report.byCategory), [
      ['full-precision', 3, 31],
      ['batching', 1, 0],
    ]);
    assert.equal(report.byRule.length, 4);
  });

  it('says each assumption once, with how many findings rest on it', () => {
    assert.deepEqual(report.assumptions[0], { text: 'A common assumption.', findings: 3 });
  });

  it('survives JSON', () => {
    assert.deepEqual(JSON.parse(toJson(report)), report);
  });

  it('has no findings without failing', () => {
    const empty = buildReport([], defaultProfile(), META);
    assert.match(toHtml(empty), /Nothing was found/);
    assert.match(toMarkdown(empty), /0 findings in 3 files/);
    assert.equal(empty.total.energy.mid, 0);
  });
});

describe('the report as a document', () => {
  const nasty = '<img src=x onerror="alert(1)">|`*_&';
  const hostile = finding('a-rule', `${nasty}.py`, 2, {
    message: { what: nasty, why: nasty, advice: nasty, condition: nasty },
    impact: { ...impact(3), assumptions: [nasty] },
    fixes: [{ title: nasty, safety: 'suggestion', edits: [] }],
  });
  const report = buildReport([hostile], defaultProfile(), {
    ...META,
    label: nasty,
    skipped: [{ path: nasty, reason: nasty }],
  });

  it('escapes everything in HTML and needs no scripts', () => {
    const page = toHtml(report);
    assert.doesNotMatch(page, /<img|<script|onerror="/);
    assert.match(page, /&lt;img src=x onerror=&quot;alert\(1\)&quot;&gt;\|`\*_&amp;/);
    assert.match(page, /^<!doctype html>\n<html lang="en">/);
    assert.match(page, /prefers-color-scheme: dark/);
    assert.doesNotMatch(page, /(?:src|href)="http(?!s:\/\/example\.org)/);
  });

  it('names places, totals and what was not analysed', () => {
    const page = toHtml(buildReport([finding('a', 'x.py', 2, { impact: impact(12) })], defaultProfile(), META));
    assert.match(page, /<code>x\.py:3:5<\/code>/);
    assert.match(page, /<strong>12 kWh<\/strong><span>6 to 24<\/span>/);
    assert.match(page, /<code>big\.py<\/code>: larger than 2 MB/);
    assert.match(page, /shop &lt;api&gt;/);
    assert.match(page, /1 finding suppressed/);
  });

  it('keeps Markdown tables whole and shows text as text', () => {
    const markdown = toMarkdown(report);
    const rows = markdown.split('\n').filter((line) => line.startsWith('| 1 |'));
    assert.equal(rows.length, 1);
    assert.equal(rows[0]?.replace(/\\\|/g, '').split('|').length, 7);
    assert.doesNotMatch(markdown.replace(/`[^`]*`/g, ''), /(?<!\\)<img/);
  });

  it('counts cells and lines from one', () => {
    const inCell = finding('a', 'n.ipynb', 2, {});
    const located = { ...inCell, location: { ...inCell.location, cell: 0 } };
    assert.match(toMarkdown(buildReport([located], defaultProfile(), META)), /`n\.ipynb cell 1, line 3`/);
  });
});
