import assert from 'node:assert/strict';
import { chmodSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { NodeFileSystem } from '../../src/host/nodeFileSystem.ts';
import { project, python, removeProjects } from './support/project.ts';

describe('bad input on the command line', () => {
  afterEach(removeProjects);

  /** Runs on one bad file beside a good one, which must be reported whatever the other holds. */
  async function beside(name: string, content: string | Uint8Array, ...options: readonly string[]) {
    const files = project({ [name]: content, 'zz-good.py': python('waste()') });
    const result = await files.run(['check', '.', ...options]);
    assert.equal(result.code, 1);
    assert.match(result.stdout, /^zz-good\.py:2:1: warning wasteful-call/m);
    return result;
  }

  const silent: readonly (readonly [string, string, string | Uint8Array])[] = [
    ['an empty file', 'a.py', ''],
    ['2,000-deep nesting', 'a.py', python(`x = ${'['.repeat(2000)}${']'.repeat(2000)}`)],
    ['2,000-deep blocks', 'a.js', `import '@huggingface/transformers';\n${'{'.repeat(2000)}${'}'.repeat(2000)}`],
    ['an empty notebook', 'a.ipynb', ''],
    ['a notebook without sources', 'a.ipynb', '{"cells": [{"cell_type": "code", "source": null}, null, 3]}'],
  ];
  for (const [title, name, content] of silent) {
    it(`goes on without a word: ${title}`, async () => {
      assert.equal((await beside(name, content)).stderr, '');
    });
  }

  const found: readonly (readonly [string, string | Uint8Array, string])[] = [
    ['CRLF', 'import torch\r\n\r\nwaste()\r\n', 'a.py:3:1'],
    ['a byte order mark', '\uFEFFwaste(torch)\n', 'a.py:1:1'],
    ['UTF-16 with a byte order mark', Buffer.from('\uFEFF# ü\nwaste(torch)\n', 'utf16le'), 'a.py:2:1'],
    ['big-endian UTF-16', Buffer.from('\uFEFFwaste(torch)\n', 'utf16le').swap16(), 'a.py:1:1'],
    ['a declared encoding', Buffer.from('# coding: latin-1\nx = "\xe4"; waste(torch)\n', 'latin1'), 'a.py:2:10'],
    [
      'a declared encoding that only decoders know',
      Buffer.from('# -*- coding: cp1251 -*-\nx = "\xe4"; waste(torch)\n', 'latin1'),
      'a.py:2:10',
    ],
    ['a line of 400,000 characters', `import torch; x = "${'x'.repeat(400_000)}"; waste()\n`, 'a.py:1:400023'],
  ];
  for (const [title, content, place] of found) {
    it(`is understood: ${title}`, async () => {
      const { stdout, stderr } = await beside('a.py', content);
      assert.equal(stderr, '');
      assert.ok(stdout.startsWith(`${place}: warning wasteful-call`), stdout.slice(0, 200));
      assert.ok(stdout.length < 3000);
    });
  }

  const named: readonly (readonly [string, string, string | Uint8Array, string])[] = [
    [
      'bytes that are no UTF-8',
      'a.py',
      Buffer.from('import torch\nx = "\xe4\xf6"\n', 'latin1'),
      'a.py: is not valid UTF-8 (byte 18)\n',
    ],
    [
      'bytes that are not what the file declares',
      'a.py',
      Buffer.from('# coding: utf-8\nx = "\xe4"\n', 'latin1'),
      'a.py: is not valid UTF-8 (byte 21)\n',
    ],
    [
      'an encoding that nobody knows',
      'a.py',
      '# coding: klingon\n',
      'a.py: cannot be decoded as klingon, which it declares\n',
    ],
    ['odd UTF-16', 'a.py', Buffer.from([0xff, 0xfe, 0x41]), 'a.py: is not valid UTF-16LE\n'],
    [
      'a notebook that is no JSON',
      'a.ipynb',
      '{"cells": [\n  oops\n]}',
      'a.ipynb: invalid JSON: unexpected word or sign (line 2, column 3)\n',
    ],
    [
      'a notebook without cells',
      'a.ipynb',
      '{"metadata": {}}',
      'a.ipynb: not a notebook: there is no list of cells (line 1, column 1)\n',
    ],
    [
      'a syntax error',
      'a.py',
      python('x = = 1', 'def f(:'),
      'a.py:2:5: syntax error; only what could be understood was analysed\n',
    ],
    [
      'half-typed code',
      'a.ts',
      "import { pipeline } from '@huggingface/transformers';\nconst x = await pipeline('a', {",
      'a.ts:2:1: syntax error; only what could be understood was analysed\n',
    ],
    [
      'a syntax error in a cell',
      'a.ipynb',
      JSON.stringify({ cells: [{}, { cell_type: 'code', source: 'import torch\nx = = 1' }] }),
      'a.ipynb:cell 2:2:5: syntax error; only what could be understood was analysed\n',
    ],
    [
      'a NUL character',
      'a.py',
      python('x = "\0"'),
      'a.py: holds a NUL character at offset 18; analysed as far as it goes\n',
    ],
    [
      'a file of 20 MB',
      'a.py',
      Buffer.alloc(20_000_000, 'x = 1\n'),
      'a.py: skipped: 20 MB is more than 2 MB (see --max-file-size)\n',
    ],
  ];
  for (const [title, name, content, message] of named) {
    it(`is named on standard error: ${title}`, async () => {
      assert.equal((await beside(name, content)).stderr, message);
    });
  }

  it('tells the syntax error of a file that is named, whatever it holds', async () => {
    const files = project({ 'bad.py': 'def f(:\n' });
    const { code, stdout, stderr } = await files.run(['check', 'bad.py', '--format', 'json']);
    assert.equal(code, 0);
    assert.equal(stderr, 'bad.py:1:7: syntax error; only what could be understood was analysed\n');
    assert.deepEqual(
      JSON.parse(stdout).problems.map(({ kind }: { kind: string }) => kind),
      ['syntax-error'],
    );
    const piped = await files.run(['check', '-', '--stdin-filename', 'bad.py'], { stdin: 'def f(:\n' });
    assert.equal(piped.stderr, stderr);
  });

  it('checks a large file when asked to', async () => {
    const content = `import torch\nwaste()\nx = "${'x'.repeat(2_200_000)}"\n`;
    const files = project({ 'a.py': content });
    assert.match((await files.run(['check', 'a.py'])).stderr, /^a\.py: skipped: 2\.2 MB is more than 2 MB/);
    assert.match((await files.run(['check', 'a.py', '--max-file-size', '3MB'])).stdout, /^a\.py:2:1: warning/);
  });

  it('says by how much a file is too large, to the byte where it has to', async () => {
    const files = project({ 'a.py': `${'#'.repeat(2_000_001)}` });
    const { stderr } = await files.run(['check', 'a.py']);
    assert.equal(stderr, 'a.py: skipped: 2000001 bytes are more than 2000000 bytes (see --max-file-size)\n');
  });

  it('survives links that lead back, and links that lead nowhere', async () => {
    const files = project({ 'src/a.py': python('waste()') });
    symlinkSync(path.join(files.root, 'src'), path.join(files.root, 'src/loop'));
    symlinkSync(files.root, path.join(files.root, 'src/up'));
    symlinkSync(path.join(files.root, 'gone.py'), path.join(files.root, 'dangling.py'));
    symlinkSync(path.join(files.root, 'self.py'), path.join(files.root, 'self.py'));
    symlinkSync('twin.py', path.join(files.root, 'self'));
    symlinkSync('self', path.join(files.root, 'twin.py'));
    // A lock file of an editor.
    symlinkSync('somebody@somewhere', path.join(files.root, '.#a.py'));
    const { stdout, stderr, code } = await files.run(['check', '.']);
    assert.equal(code, 1);
    assert.match(stdout, /Found 1 finding \(1 warning\) in 1 of 1 file\./);
    assert.deepEqual(stderr.split('\n').sort(), [
      '',
      'dangling.py: symbolic link to nothing',
      'self.py: symbolic link loop',
      'self: symbolic link loop',
      'src/loop: symbolic link loop: it leads back to a folder around it',
      'src/up: symbolic link loop: it leads back to a folder around it',
      'twin.py: symbolic link loop',
    ]);
    const named = await files.run(['check', 'self.py', 'dangling.py', 'src/a.py']);
    assert.equal(named.code, 2);
    assert.equal(
      named.stderr,
      'green-ai: symbolic link loop: self.py\ngreen-ai: symbolic link to nothing: dangling.py\n',
    );
    assert.match(named.stdout, /^src\/a\.py:2:1/);
    for (const command of ['fix', 'report']) {
      const alone = await files.run([command, 'self.py']);
      assert.equal(alone.code, 2);
      assert.match(alone.stderr, /^green-ai: symbolic link loop: self\.py\n/);
    }
  });

  it('names files and folders that must not be read', async () => {
    const files = project({ 'a.py': python('x = 1'), 'b/c.py': python('x = 1'), 'zz.py': python('waste()') });
    const denied = (name: string) => new Error(`EACCES: permission denied, open '${name}'`);
    class Guarded extends NodeFileSystem {
      override async readBytes(file: string): Promise<Uint8Array> {
        if (file.endsWith('/a.py')) throw denied(file);
        return super.readBytes(file);
      }
      override async list(folder: string) {
        if (folder.endsWith('/b')) throw denied(folder);
        return super.list(folder);
      }
    }
    const { stdout, stderr, code } = await files.run(['check', '.'], { fileSystem: new Guarded() });
    assert.equal(code, 1);
    assert.match(stdout, /^zz\.py/);
    assert.match(
      stderr,
      /^b: cannot be listed: EACCES: permission denied.*\na\.py: cannot be read: permission denied\n$/,
    );
    for (const command of ['check', 'fix', 'report']) {
      for (const name of ['a.py', 'b']) {
        const alone = await files.run([command, name], { fileSystem: new Guarded() });
        assert.equal(alone.code, 2, `${command} ${name}`);
        assert.match(alone.stderr, new RegExp(`^${name}: cannot be (?:read|listed): .*permission denied`));
      }
    }
  });

  it('names what is no source file', async () => {
    const files = project({ 'data.csv': 'a,b\n', 'lib.d.ts': 'declare const x: 1;\n' });
    const { stderr, code } = await files.run(['check', 'data.csv', 'lib.d.ts']);
    assert.equal(code, 0);
    assert.match(stderr, /^data\.csv: is no Python, TypeScript or JavaScript file and no notebook\nlib\.d\.ts: is no /);
  });

  it('says that a manifest cannot be read, and goes on', async () => {
    const { stderr } = await beside('pyproject.toml', '[project\nname = 1');
    assert.match(stderr, /^pyproject\.toml:1:\d+: .*\n$/);
  });

  it('leaves out what is ignored, hidden, generated or installed, unless it is named', async () => {
    const waste = python('waste()');
    const files = project({
      '.git/HEAD': 'ref: refs/heads/main\n',
      '.gitignore': 'ignored/\n*.gen.py\n!keep.gen.py\n',
      'ignored/a.py': waste,
      'b.gen.py': waste,
      'keep.gen.py': waste,
      'sub/.gitignore': '/local.py\n!b.gen.py\n',
      'sub/local.py': waste,
      'sub/b.gen.py': waste,
      'sub/deep/local.py': waste,
      'node_modules/m/a.py': waste,
      'my-env/pyvenv.cfg': '',
      'my-env/lib/a.py': waste,
      '.hidden/a.py': waste,
      'dist/a.py': waste,
      'app.min.js': "import '@huggingface/transformers'; waste();",
      'green-ai.toml': 'exclude = ["excluded/**", "*_pb2.py"]\n',
      'excluded/a.py': waste,
      'x_pb2.py': waste,
    });
    const checked = async (...paths: readonly string[]) => {
      const { findings } = JSON.parse((await files.run(['check', '--format', 'json', ...paths])).stdout);
      return findings.map((finding: { location: { path: string } }) => finding.location.path);
    };
    assert.deepEqual(await checked('.'), ['keep.gen.py', 'sub/b.gen.py', 'sub/deep/local.py']);
    assert.deepEqual(await checked('ignored/a.py', 'x_pb2.py', 'app.min.js'), [
      'app.min.js',
      'ignored/a.py',
      'x_pb2.py',
    ]);
  });

  it('reads a folder that cannot be opened by permissions', async () => {
    // Root may read everything: the file system port shows the same above.
    if (process.getuid?.() === 0) return;
    const files = project({ 'locked/a.py': python('waste()') });
    chmodSync(path.join(files.root, 'locked'), 0o000);
    const { stderr } = await files.run(['check', '.']);
    chmodSync(path.join(files.root, 'locked'), 0o700);
    assert.match(stderr, /^locked: cannot be listed: /);
  });
});
