import assert from 'node:assert/strict';
import { chmodSync, lstatSync, statSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { project, python, removeProjects } from './support/project.ts';

describe('green-ai fix', () => {
  afterEach(removeProjects);

  it('applies safe fixes, not suggestions, and exits with 1 while findings remain', async () => {
    const files = project({ 'a.py': python('waste(1)'), 'b.py': python('first()', 'x = 2') });
    const { code, stdout, stderr } = await files.run(['fix', '.']);
    assert.equal(files.read('a.py'), python('save(1)'));
    assert.equal(stdout, '');
    assert.equal(stderr, '3 findings fixed in 2 files; 1 remains.\n');
    assert.equal(code, 1);
  });

  it('goes on until nothing is left to fix, and then changes nothing', async () => {
    const files = project({ 'b.py': python('first()', 'first()') });
    const { code, stderr } = await files.run(['fix', 'b.py']);
    assert.equal(files.read('b.py'), python('third()', 'third()'));
    assert.deepEqual([code, stderr], [0, '4 findings fixed in 1 file; 0 remain.\n']);
    const before = statSync(path.join(files.root, 'b.py')).ino;
    assert.equal((await files.run(['fix', 'b.py'])).stderr, '0 findings fixed in 0 files; 0 remain.\n');
    assert.equal(statSync(path.join(files.root, 'b.py')).ino, before);
  });

  it('shows a unified diff and writes nothing with --dry-run', async () => {
    const text = python('a = 1', 'b = 2', 'c = 3', 'first()', 'd = 4', 'e = 5', 'f = 6', 'g = 7');
    const files = project({ 'sub/b.py': text });
    const { code, stdout, stderr } = await files.run(['fix', '.', '--dry-run']);
    assert.equal(
      stdout,
      '--- a/sub/b.py\n+++ b/sub/b.py\n@@ -2,7 +2,7 @@\n a = 1\n b = 2\n c = 3\n-first()\n+third()\n d = 4\n e = 5\n f = 6\n',
    );
    assert.equal(files.read('sub/b.py'), text);
    assert.deepEqual([code, stderr], [1, '2 findings would be fixed in 1 file; 0 remain.\n']);
  });

  it('leaves out a fix whose result does not parse, and makes the others', async () => {
    for (const [name, text, fixed] of [
      ['a.py', python('breaks()', 'first()'), python('breaks()', 'third()')],
      [
        'a.ts',
        "import '@huggingface/transformers';\nbreaks();\nfirst();\n",
        "import '@huggingface/transformers';\nbreaks();\nthird();\n",
      ],
    ] as const) {
      const files = project({ [name]: text });
      const { stderr, code } = await files.run(['fix', '.']);
      assert.equal(files.read(name), fixed);
      assert.match(stderr, /: the fix of broken-fix in line 2 was left out: the result does not parse \(.*\)\n/);
      assert.equal(code, 1);
    }
  });

  it('leaves a file alone that does not parse, and says so', async () => {
    const text = python('first()', 'def (:');
    const files = project({ 'a.py': text });
    const { stderr } = await files.run(['fix', '.']);
    assert.equal(files.read('a.py'), text);
    assert.match(stderr, /^a\.py: not fixed, since it does not parse \(syntax error\)\n/);
  });

  it('does not touch what is suppressed', async () => {
    const text = python('first()  # green-ai: ignore[first-step]');
    const files = project({ 'a.py': text });
    assert.equal((await files.run(['fix', '.'])).code, 0);
    assert.equal(files.read('a.py'), text);
  });

  it('keeps line ends, byte order mark and encoding', async () => {
    const texts: readonly (readonly [string, Buffer, Buffer])[] = [
      ['crlf.py', Buffer.from('import torch\r\nfirst()\r\n'), Buffer.from('import torch\r\nthird()\r\n')],
      ['bom.py', Buffer.from('\uFEFFimport torch\nfirst()\n'), Buffer.from('\uFEFFimport torch\nthird()\n')],
      [
        'wide.py',
        Buffer.from('\uFEFFfirst(torch, "ü😀")\n', 'utf16le'),
        Buffer.from('\uFEFFthird(torch, "ü😀")\n', 'utf16le'),
      ],
      [
        'big.py',
        Buffer.from('\uFEFFfirst(torch)\n', 'utf16le').swap16(),
        Buffer.from('\uFEFFthird(torch)\n', 'utf16le').swap16(),
      ],
      [
        'latin.py',
        Buffer.from('# coding: latin-1\nfirst(torch, "\xe4")\n', 'latin1'),
        Buffer.from('# coding: latin-1\nthird(torch, "\xe4")\n', 'latin1'),
      ],
    ];
    const files = project(Object.fromEntries(texts.map(([name, before]) => [name, before])));
    assert.equal((await files.run(['fix', '.'])).code, 0);
    for (const [name, , after] of texts) assert.deepEqual(files.bytes(name), after, name);
  });

  it('names a file whose encoding it cannot write', async () => {
    const text = Buffer.from('# coding: cp1251\nfirst(torch, "\xe4")\n', 'latin1');
    const files = project({ 'a.py': text });
    const { code, stderr } = await files.run(['fix', '.']);
    assert.equal(
      stderr,
      'a.py: not fixed, since its encoding cannot be written\n0 findings fixed in 0 files; 1 remains.\n',
    );
    assert.equal(code, 2);
    assert.deepEqual(files.bytes('a.py'), text);
  });

  it('keeps the mode of a file, and writes through a link', async () => {
    const files = project({ 'real/a.py': `#!/usr/bin/env python\n${python('first()')}` });
    const real = path.join(files.root, 'real/a.py');
    chmodSync(real, 0o750);
    symlinkSync(real, path.join(files.root, 'link.py'));
    await files.run(['fix', 'link.py']);
    assert.match(files.read('real/a.py'), /third\(\)/);
    assert.equal(statSync(real).mode & 0o777, 0o750);
    assert.ok(lstatSync(path.join(files.root, 'link.py')).isSymbolicLink());
  });

  it('changes only the lines of a notebook that it fixes', async () => {
    const text = `{
 "cells": [
  {"cell_type": "markdown", "source": ["first()"]},
  {"cell_type": "code", "outputs": [{"x":   1}], "source": ["import torch\\n", "first()\\n", "y = 1"]},
  {"cell_type": "code", "source": "first()"}
 ]
}`;
    const files = project({ 'n.ipynb': text });
    const { code } = await files.run(['fix', 'n.ipynb']);
    assert.equal(code, 0);
    assert.equal(
      files.read('n.ipynb'),
      text.replace('"first()\\n"', '"third()\\n"').replace('"source": "first()"', '"source": "third()"'),
    );
  });

  it('fixes standard input', async () => {
    const { code, stdout } = await project().run(['fix', '-', '--stdin-filename', 'a.py'], {
      stdin: python('first()'),
    });
    assert.deepEqual([code, stdout], [0, python('third()')]);
  });

  it('names a missing path and fixes the others', async () => {
    const files = project({ 'a.py': python('first()') });
    const { code, stderr } = await files.run(['fix', 'gone', 'a.py']);
    assert.equal(code, 2);
    assert.match(stderr, /^green-ai: no such file or folder: gone\n/);
    assert.equal(files.read('a.py'), python('third()'));
  });
});
