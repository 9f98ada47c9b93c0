import assert from 'node:assert/strict';
import { type AnalysisDocument, documentOf } from '../../../src/core/engine/document.ts';
import { OpenModules } from '../../../src/core/engine/openModules.ts';
import type { Parsers } from '../../../src/core/syntax/parsers.ts';
import { loadParsers } from '../../support/programOf.ts';

describe('Open documents', () => {
  let parsers: Parsers;
  before(async () => {
    parsers = await loadParsers();
  });

  const libraries = { python: ['torch'], typescript: [] };
  const document = (path: string, text: string): AnalysisDocument =>
    documentOf({ kind: 'file', path, language: 'python', text });

  it('keep the nodes that an edit leaves alone, at their new place', () => {
    const open = new OpenModules(parsers, 1, libraries);
    const first = open.update(document('a.py', 'import torch\n\n\ndef f():\n    return 1\n'));
    const kept = first?.module.body[1];
    const second = open.update(document('a.py', 'import torch\nx = 2\n\n\ndef f():\n    return 1\n'));
    assert.ok(kept);
    assert.equal(second?.module.body[2], kept);
    assert.equal(kept.start, 'import torch\nx = 2\n\n\n'.length);
    assert.deepEqual([...(second?.libraries ?? [])], ['torch']);
  });

  it('are forgotten when others were looked at since', () => {
    const open = new OpenModules(parsers, 2, libraries);
    const kept = (path: string): unknown => open.update(document(path, 'x = 1\n'))?.kept;
    const first = kept('a.py');
    assert.equal(kept('a.py'), first);
    kept('b.py');
    assert.equal(kept('a.py'), first);
    kept('c.py');
    kept('d.py');
    assert.notEqual(kept('a.py'), first);
  });

  it('can be closed, and none is kept open where none is wanted', () => {
    const open = new OpenModules(parsers, 2, libraries);
    const first = open.update(document('a.py', 'x = 1\n'))?.kept;
    assert.equal(new OpenModules(parsers, 0, libraries).update(document('a.py', 'x = 1\n')), undefined);
    open.close(document('a.py', 'x = 1\n'));
    assert.notEqual(open.update(document('a.py', 'x = 1\n'))?.kept, first);
  });
});
