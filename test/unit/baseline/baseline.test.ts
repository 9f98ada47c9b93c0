import assert from 'node:assert/strict';
import { applyBaseline, baselineText, parseBaseline } from '../../../src/core/baseline/baseline.ts';
import type { Finding } from '../../../src/core/engine/finding.ts';

function finding(fingerprint: string, path: string, extra: Partial<Finding> = {}): Finding {
  return {
    ruleId: 'a-rule',
    category: 'batching',
    severity: 'warning',
    message: { what: 'w', why: 'y', advice: 'a' },
    text: 't',
    docsUrl: 'https://example.org',
    location: { path, range: { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } } },
    related: [],
    fixes: [],
    fingerprint,
    ...extra,
  };
}

describe('baseline', () => {
  const findings = [
    finding('3', 'b.py'),
    finding('1', 'a.py'),
    finding('2', 'a.py', { suppression: { kind: 'inline' } }),
  ];

  it('writes accepted findings in a stable order, without those that are ignored in the code', () => {
    const text = baselineText(findings);
    assert.equal(text, baselineText([...findings].reverse()));
    assert.deepEqual(parseBaseline(text), {
      entries: [
        { fingerprint: '1', rule: 'a-rule', path: 'a.py' },
        { fingerprint: '3', rule: 'a-rule', path: 'b.py' },
      ],
    });
  });

  it('keeps what it accepted when it is written again', () => {
    const accepted = [finding('1', 'a.py', { suppression: { kind: 'baseline' } })];
    assert.match(baselineText(accepted), /"fingerprint": "1"/);
  });

  it('marks accepted findings and names entries that are gone from analysed files', () => {
    const baseline = {
      entries: ['1', '7', '8'].map((fingerprint) => ({
        fingerprint,
        rule: 'a-rule',
        path: fingerprint === '8' ? 'c.py' : 'a.py',
      })),
    };
    const { findings: marked, stale } = applyBaseline(findings, baseline, new Set(['a.py', 'b.py']));
    assert.deepEqual(
      marked.map(({ suppression }) => suppression?.kind),
      [undefined, 'baseline', 'inline'],
    );
    assert.deepEqual(
      stale.map(({ fingerprint }) => fingerprint),
      ['7'],
    );
  });

  it('says what is wrong with a file', () => {
    const failure = (text: string) => {
      const found = parseBaseline(text);
      return 'failure' in found ? found.failure : undefined;
    };
    assert.match(failure('{') ?? '', /^is not valid JSON: /);
    assert.equal(failure('[]'), 'is no baseline ("format" is not "green-ai-baseline")');
    assert.equal(
      failure('{"format": "green-ai-baseline", "version": 2}'),
      'has version 2; this Green AI reads version 1',
    );
    assert.equal(failure('{"format": "green-ai-baseline", "version": 1}'), 'has no list of findings');
    assert.equal(
      failure('{"format": "green-ai-baseline", "version": 1, "findings": [{}]}'),
      'has an entry without fingerprint, rule and path',
    );
  });
});
