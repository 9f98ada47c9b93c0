import assert from 'node:assert/strict';
import { decidesSettings } from '../../../src/editor/decidingFiles.ts';
import { RecordingFileSystem } from '../../../src/editor/recordingFileSystem.ts';
import { MemoryFileSystem } from '../project/memoryFileSystem.ts';

describe('files that decide settings', () => {
  const cases: readonly (readonly [string, boolean])[] = [
    ['/w/pyproject.toml', true],
    ['/w/a/green-ai.json', true],
    ['/w/package.json', true],
    ['/w/package-lock.json', true],
    ['/w/requirements-dev.txt', true],
    ['/w/requirements/base.txt', true],
    ['/w/Pipfile', true],
    ['/w/uv.lock', true],
    ['/w/.green-ai/hardware.json', true],
    ['/w/.green-ai', true],
    ['/w/runs/metrics.json', false],
    ['/w/trainer_state.json', false],
    ['/w/notes.txt', false],
    ['/w/.green-ai-old/x.json', false],
    ['/w/node_modules/a/package.json', false],
    ['/w/lib/site-packages/a/pyproject.toml', false],
  ];
  for (const [path, expected] of cases) {
    it(`${expected ? 'include' : 'leave out'} ${path}`, () => assert.equal(decidesSettings(path), expected));
  }

  it('are also those that were read or looked for under any name', async () => {
    const files = new RecordingFileSystem(new MemoryFileSystem(new Map([['/w/box.json', '{}']])));
    assert.equal(await files.readText('/w/box.json'), '{}');
    assert.equal(await files.stat('/w/missing.json'), undefined);
    assert.deepEqual(
      ['/w/box.json', '/w/missing.json', '/w/metrics.json'].map((path) => files.hasAskedFor(path)),
      [true, true, false],
    );
  });
});
