import assert from 'node:assert/strict';
import { isTooLarge, isUserText, MAX_BYTES } from '../../../src/editor/documentScope.ts';
import { excludeGlob } from '../../../src/editor/excludeGlob.ts';
import { IgnoredPaths } from '../../../src/editor/ignoredPaths.ts';
import type { FileSystem } from '../../../src/host/fileSystem.ts';

describe('excludeGlob', () => {
  it('joins patterns that are on, once each, with braces written out', () => {
    const glob = excludeGlob(
      { '**/*.{a,b}': true, '**/off': false },
      { '**/x': true, '**/when': { when: '$(basename).ts' } },
      undefined,
    );
    assert.match(glob, /^\{\*\*\/node_modules,.*,\*\*\/\*\.a,\*\*\/\*\.b,\*\*\/x\}$/);
    assert.doesNotMatch(glob, /off|when/);
  });
});

describe('IgnoredPaths', () => {
  const texts = new Map([
    ['/p/.gitignore', 'ignored/\n*.gen.py\n'],
    ['/p/packages/a/.gitignore', '/local.py\n!kept.gen.py\n'],
  ]);
  const fileSystem: FileSystem = {
    readBytes: async () => new Uint8Array(),
    readText: async (path) => texts.get(path) ?? '',
    stat: async (path) => (texts.has(path) ? { kind: 'file', size: 1 } : undefined),
    list: async () => [],
  };
  const ignored = new IgnoredPaths('/p', fileSystem);
  for (const [path, expected] of [
    ['/p/x.py', false],
    ['/p/ignored/deep/x.py', true],
    ['/p/b.gen.py', true],
    ['/p/packages/a/local.py', true],
    ['/p/packages/a/sub/local.py', false],
    ['/p/packages/a/kept.gen.py', false],
    ['/p/packages/b/local.py', false],
    ['/p/build/x.py', true],
    ['/p/.hidden/x.py', true],
    ['/p/app.min.js', true],
  ] as const) {
    it(`${path} is ${expected ? 'left out' : 'read'}`, async () => assert.equal(await ignored.has(path), expected));
  }
});

describe('isUserText', () => {
  for (const [uri, expected] of [
    [{ scheme: 'file', path: '/p/a.py' }, true],
    [{ scheme: 'vscode-vfs', path: '/p/a.py' }, true],
    [{ scheme: 'git', path: '/p/a.py' }, false],
    [{ scheme: 'output', path: 'x' }, false],
    [{ scheme: 'file', path: '/p/node_modules/a/b.js' }, false],
    [{ scheme: 'file', path: '/p/.venv/lib/python3.12/site-packages/torch/x.py' }, false],
    [{ scheme: 'file', path: '/p/my_node_modules_notes/a.js' }, true],
  ] as const) {
    it(`${uri.scheme}:${uri.path} is ${expected ? 'analysed' : 'left alone'}`, () =>
      assert.equal(isUserText(uri), expected));
  }
});

describe('isTooLarge', () => {
  it('counts bytes of UTF-8, not characters', () => {
    assert.equal(isTooLarge('a'.repeat(MAX_BYTES)), false);
    assert.equal(isTooLarge('a'.repeat(MAX_BYTES + 1)), true);
    assert.equal(isTooLarge('\u{1f600}'.repeat(MAX_BYTES / 4)), false);
    assert.equal(isTooLarge('\u{1f600}'.repeat(MAX_BYTES / 4 + 1)), true);
  });
});
