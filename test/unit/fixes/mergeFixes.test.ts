import assert from 'node:assert/strict';
import type { Finding, FindingFix, TextEdit } from '../../../src/core/engine/finding.ts';
import { mergeFixes } from '../../../src/core/fixes/mergeFixes.ts';

function edit(line: number, from: number, to: number, newText: string, cell?: number): TextEdit {
  const range = { start: { line, character: from }, end: { line, character: to } };
  return cell === undefined ? { range, newText } : { range, newText, cell };
}

function finding(id: string, fixes: readonly FindingFix[], extra: Partial<Finding> = {}): Finding {
  return {
    ruleId: id,
    category: 'batching',
    severity: 'warning',
    message: { what: 'w', why: 'y', advice: 'a' },
    text: 't',
    docsUrl: 'https://example.org',
    location: { path: 'a.py', range: { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } } },
    related: [],
    fixes,
    fingerprint: id,
    ...extra,
  };
}

const safe = (...edits: TextEdit[]): FindingFix => ({ title: 'fix', safety: 'safe', edits });

describe('mergeFixes', () => {
  it('takes safe fixes only, and none of a suppressed finding', () => {
    const suggestion: FindingFix = { title: 's', safety: 'suggestion', edits: [edit(0, 0, 1, 'x')] };
    const suppressed = finding('b', [safe(edit(1, 0, 1, 'y'))], { suppression: { kind: 'inline' } });
    assert.deepEqual(mergeFixes([finding('a', [suggestion]), suppressed]), { edits: [], fixed: [] });
  });

  it('makes a shared edit once', () => {
    const shared = edit(0, 0, 0, 'import torch\n');
    const a = finding('a', [safe(shared, edit(2, 0, 1, 'x'))]);
    const b = finding('b', [safe(shared, edit(3, 0, 1, 'y'))]);
    const { edits, fixed } = mergeFixes([a, b]);
    assert.deepEqual(edits, [shared, edit(2, 0, 1, 'x'), edit(3, 0, 1, 'y')]);
    assert.deepEqual(fixed, [a, b]);
  });

  it('leaves an overlapping fix for the next round, as a whole', () => {
    const a = finding('a', [safe(edit(0, 0, 5, 'x'))]);
    const b = finding('b', [safe(edit(0, 4, 6, 'y'), edit(9, 0, 1, 'z'))]);
    assert.deepEqual(mergeFixes([a, b]).fixed, [a]);
  });

  it('treats two insertions at one place as overlapping, but not in two cells', () => {
    const a = finding('a', [safe(edit(0, 3, 3, 'x', 0))]);
    const b = finding('b', [safe(edit(0, 3, 3, 'y', 0))]);
    const c = finding('c', [safe(edit(0, 3, 3, 'y', 1))]);
    assert.deepEqual(mergeFixes([a, b, c]).fixed, [a, c]);
  });
});
