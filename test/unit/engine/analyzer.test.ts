import assert from 'node:assert/strict';
import type { AnalysisInput, AnalysisSettings } from '../../../src/core/engine/analysis.ts';
import { Analyzer } from '../../../src/core/engine/analyzer.ts';
import { assess } from '../../../src/core/engine/assess.ts';
import { defineRule, type RegisteredRule, type Rule } from '../../../src/core/engine/rule.ts';
import { NO_DECLARED_VERSIONS } from '../../../src/core/semantics/declaredVersions.ts';
import type { Parsers } from '../../../src/core/syntax/parsers.ts';
import type { Impact } from '../../../src/energy/impact.ts';
import { builtinProfiles } from '../../../src/knowledge/hardware/builtinProfiles.ts';
import { loadParsers } from '../../support/programOf.ts';

type LoadRule = Rule<{ readonly callee: string }>;

/** Reports every `torch.load` and offers to rename it. */
const loadRule: LoadRule = {
  meta: {
    id: 'test-load',
    title: 'Load',
    category: 'redundant-data-loading',
    languages: ['python'],
    tier: 'recommended',
    fixes: ['safe'],
    catalogue: [],
    libraries: ['torch'],
    since: '0.1.0',
  },
  *detect(program) {
    for (const call of program.calls) {
      if (call.name !== 'torch.load') continue;
      yield {
        span: call.node,
        severity: 'warning',
        message: { what: 'Loads', why: 'It costs', advice: 'Do not' },
        related: [],
        state: { callee: program.text(call.node.callee) },
      };
    }
  },
  fixes: (hit) => [
    {
      title: 'Rename',
      safety: 'safe',
      edits: [{ span: { start: hit.span.start, end: hit.span.start + hit.state.callee.length }, text: 'load' }],
    },
  ],
};

describe('Analyzer', () => {
  let parsers: Parsers;
  before(async () => {
    parsers = await loadParsers();
  });

  const [profile] = builtinProfiles;
  assert.ok(profile);
  const settings: AnalysisSettings = {
    tier: 'recommended',
    rules: {},
    smallestSavingKwh: 0,
    profile,
    environment: { versions: NO_DECLARED_VERSIONS, runtime: { kind: 'unknown' } },
  };
  const python = (text: string): AnalysisInput => ({ kind: 'file', path: 'a.py', language: 'python', text });
  const analyze = (
    input: AnalysisInput,
    change: Partial<AnalysisSettings> = {},
    rules: readonly RegisteredRule[] = [defineRule(loadRule)],
  ): ReturnType<Analyzer['analyze']> => new Analyzer({ parsers, rules }).analyze(input, { ...settings, ...change });

  it('gives plain JSON with 0-based UTF-16 ranges', () => {
    const result = analyze(python('import torch\r\n"😀"; torch.load(x)\r\n'));
    assert.deepEqual(result.findings[0]?.location, {
      path: 'a.py',
      range: { start: { line: 1, character: 6 }, end: { line: 1, character: 19 } },
    });
    assert.equal(result.findings[0]?.text, 'Loads. It costs. Do not.');
    assert.deepEqual(JSON.parse(JSON.stringify(result.findings)), result.findings);
  });

  it('does not parse a file that names no library of its rules', () => {
    assert.deepEqual(analyze(python('import os\nos.load(x)')).milliseconds, { parse: 0, model: 0, rules: 0 });
  });

  it('reports a rule that throws once, and runs the others', () => {
    const broken = defineRule<never>({
      meta: { ...loadRule.meta, id: 'test-broken' },
      // biome-ignore lint/correctness/useYield: it throws before it could report
      *detect(): Iterable<never> {
        throw new Error('defect');
      },
    });
    const result = analyze(python('import torch\ntorch.load(x)'), {}, [broken, defineRule(loadRule)]);
    assert.equal(result.findings.length, 1);
    assert.deepEqual(result.problems, [
      { path: 'a.py', kind: 'rule-failed', message: 'Rule test-broken failed: defect' },
    ]);
  });

  it('switches rules off, overrides severities, and keeps strict rules out of the recommended tier', () => {
    const text = python('import torch\ntorch.load(x)');
    assert.equal(analyze(text, { rules: { 'test-load': 'off' } }).findings.length, 0);
    assert.equal(analyze(text, { rules: { 'test-load': 'hint' } }).findings[0]?.severity, 'hint');
    const strict = defineRule<{ readonly callee: string }>({ ...loadRule, meta: { ...loadRule.meta, tier: 'strict' } });
    assert.equal(analyze(text, {}, [strict]).findings.length, 0);
    assert.equal(analyze(text, { tier: 'strict' }, [strict]).findings.length, 1);
    assert.equal(analyze(text, { onlyRules: ['test-load'] }, [strict]).findings.length, 1);
    assert.equal(analyze(text, { onlyRules: ['other'] }, [strict]).findings.length, 0);
  });

  it('keeps suppressed findings and says which suppressions are unused', () => {
    const text =
      'import torch\ntorch.load(x)  # green-ai: ignore[test-load] once\ny = 1  # green-ai: ignore[test-load]\n';
    const result = analyze(python(text));
    assert.deepEqual(result.findings[0]?.suppression, { kind: 'inline', reason: 'once' });
    assert.deepEqual(
      result.problems.map(({ kind, location }) => [kind, location?.range.start.line]),
      [['unused-suppression', 2]],
    );
  });

  it('maps a notebook to its cells, over Markdown and broken cells', () => {
    const result = analyze({
      kind: 'notebook',
      path: 'n.ipynb',
      cells: [
        { language: 'python', text: 'import torch' },
        { language: 'other', text: '# Title' },
        { language: 'python', text: 'def broken(:' },
        { language: 'python', text: '%time\nm = torch.load(x)' },
      ],
    });
    assert.deepEqual(
      result.findings.map(({ location }) => [location.cell, location.range.start]),
      [[3, { line: 1, character: 4 }]],
    );
    assert.equal(result.findings[0]?.fixes[0]?.edits[0]?.cell, 3);
  });

  it('names a finding by rule, path, text and occurrence, wherever it moves', () => {
    const before = analyze(python('import torch\ntorch.load(x)\ntorch.load(x)')).findings.map(
      ({ fingerprint }) => fingerprint,
    );
    const after = analyze(python('import torch\n\n\ntorch.load(x)\nprint()\ntorch.load(x)')).findings.map(
      ({ fingerprint }) => fingerprint,
    );
    assert.deepEqual(after, before);
    assert.equal(new Set(before).size, 2);
  });

  it('survives text that no parser likes', () => {
    for (const text of [
      'import torch\n\0\0torch.load(',
      `import torch\n${'('.repeat(5000)}`,
      '\uFEFFimport torch\r\rtorch.load(\ud800)',
      `import torch\nx = ${'[1,'.repeat(3000)}`,
    ]) {
      assert.ok(Array.isArray(analyze(python(text)).findings));
    }
  });
});

describe('the energy model as arbiter of scale', () => {
  const impact = (direction: Impact['direction'], high: number): Impact => ({
    direction,
    alsoSaves: [],
    probability: 1,
    share: { low: 0.1, mid: 0.2, high: 0.3 },
    perUnit: { low: 0, mid: 0, high: 0, unit: 'Wh' },
    unit: 'request',
    energyPerYear: { low: 0, mid: 0, high, unit: 'kWh' },
    carbonPerYear: { low: 0, mid: 0, high: 0, unit: 'kgCO2e' },
    costPerYear: { low: 0, mid: 0, high: 0, unit: 'USD' },
    assumptions: [],
  });

  it('leaves a report without an estimate as it is', () => assert.equal(assess('warning', undefined, 1), 'warning'));
  it('drops a level where even the high estimate is negligible', () => {
    assert.equal(assess('warning', impact('saves', 0.5), 1), 'information');
    assert.equal(assess('hint', impact('saves', 0.5), 1), undefined);
    assert.equal(assess('warning', impact('saves', 5), 1), 'warning');
  });
  it('never warns where the direction is open, and is silent where the advice costs energy', () => {
    assert.equal(assess('warning', impact('may-increase', 5), 1), 'information');
    assert.equal(assess('information', impact('increases', 5), 1), undefined);
  });
});
