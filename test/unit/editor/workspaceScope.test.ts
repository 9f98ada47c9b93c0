import assert from 'node:assert/strict';
import { isTooLarge, isUserText, MAX_BYTES } from '../../../src/editor/documentScope.ts';
import { excludeGlob } from '../../../src/editor/excludeGlob.ts';
import { GitIgnore } from '../../../src/editor/gitIgnore.ts';

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

describe('GitIgnore', () => {
  it('reads each file for its own folder', () => {
    const git = new GitIgnore();
    git.add('', 'build/\n*.gen.py\n');
    git.add('packages/a', '/local.py\n!kept.py\n');
    assert.deepEqual(
      ['build/x.py', 'b.gen.py', 'packages/a/local.py', 'packages/a/sub/local.py', 'packages/b/local.py', 'x.py'].map(
        (path) => git.ignores(path),
      ),
      [true, true, true, false, false, false],
    );
  });
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
