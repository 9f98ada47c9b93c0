import assert from 'node:assert/strict';
import { project, python, removeProjects } from './support/project.ts';

describe('green-ai check', () => {
  afterEach(removeProjects);

  it('reports findings with place, code, why, estimate and advice, and exits with 1', async () => {
    const { code, stdout, stderr } = await project({ 'app/a.py': python('def f():', '\tx = waste(1)') }).run([
      'check',
      '.',
    ]);
    assert.equal(code, 1);
    assert.equal(stderr, '');
    assert.match(stdout, /^app\/a\.py:3:6: warning wasteful-call: waste\(\) wastes energy\.\n/);
    assert.match(stdout, / 3 \| \tx = waste\(1\)\n +\| \t {4}\^{8}\n/);
    assert.match(
      stdout,
      /why: +It does\.\n +estimate: saves .* kWh \(.* to .*\) a year, .*CO₂e.*\n +help: +Do not call it\./,
    );
    assert.match(stdout, /Found 1 finding \(1 warning\) in 1 of 1 file\./);
    assert.match(stdout, /1 can be fixed safely with green-ai fix\./);
  });

  it('exits with 0 when nothing is found, or with --exit-zero', async () => {
    const clean = project({ 'a.py': python('x = 1') });
    assert.deepEqual(await clean.run(['check', 'a.py']), { code: 0, stdout: 'No findings in 1 file.\n', stderr: '' });
    const dirty = project({ 'a.py': python('waste()') });
    assert.equal((await dirty.run(['check', 'a.py', '--exit-zero'])).code, 0);
  });

  it('uses colours only when asked', async () => {
    const dirty = project({ 'a.py': python('waste()') });
    assert.ok(!(await dirty.run(['check', '.'])).stdout.includes('\u001b'));
    const coloured = await dirty.run(['check', '.'], { useColour: true });
    assert.ok(coloured.stdout.includes('\u001b[33mwarning\u001b[39m'));
  });

  it('goes through files in order of path, in every language and in notebooks', async () => {
    const notebook = {
      cells: [
        { cell_type: 'markdown', source: ['# Title'] },
        { cell_type: 'code', source: ['import torch\n', 'waste()'] },
      ],
    };
    const { stdout } = await project({
      'b.ts': "import { env } from '@huggingface/transformers';\nwaste(env);\n",
      'a/z.py': python('waste()'),
      'c.ipynb': JSON.stringify(notebook),
      'b.d.ts': "import '@huggingface/transformers';\ndeclare function waste(): void;\n",
    }).run(['check', '.']);
    const places = stdout
      .split('\n')
      .filter((line) => line.includes(' warning '))
      .map((line) => line.split(': ')[0]);
    assert.deepEqual(places, ['a/z.py:2:1', 'b.ts:2:1', 'c.ipynb:cell 2:2:1']);
  });

  it('takes tier and rules from the command line', async () => {
    const files = project({ 'a.py': python('waste()', 'opinion()') });
    const found = async (...options: readonly string[]) => {
      const { stdout } = await files.run(['check', 'a.py', ...options]);
      return [...stdout.matchAll(/: (?:warning|information|hint) ([\w-]+):/g)].map((match) => match[1]);
    };
    assert.deepEqual(await found(), ['wasteful-call']);
    assert.deepEqual(await found('--tier', 'strict'), ['wasteful-call', 'strict-call']);
    assert.deepEqual(await found('--rules', 'strict-call'), ['strict-call']);
    const both = await found('--rules', 'strict-call', '--rules', 'wasteful-call');
    assert.deepEqual(both, ['wasteful-call', 'strict-call']);
  });

  it("estimates for another machine with the place and the workload of the project's own file", async () => {
    const files = project({
      'a.py': python('waste()'),
      '.green-ai/hardware.json':
        '{ "device": "NVIDIA L4", "region": "FR", "workload": { "requestsPerYear": 7000000 } }',
    });
    const { profile } = JSON.parse(
      (await files.run(['check', 'a.py', '--format', 'json', '--profile', 'laptop-cpu'])).stdout,
    );
    assert.equal(profile.id, 'laptop-cpu');
    assert.match(JSON.stringify(profile), /France/);
    assert.match(JSON.stringify(profile), /7000000/);
  });

  it('takes settings from the nearest configuration file', async () => {
    const { stdout, code } = await project({
      'pyproject.toml': '[tool.green-ai.rules]\nwasteful-call = "off"\n',
      'a.py': python('waste()'),
      'sub/green-ai.toml': '[rules]\nwasteful-call = "hint"\n',
      'sub/deep/pyproject.toml': '[project]\nname = "x"\n',
      'sub/deep/b.py': python('waste()'),
    }).run(['check', '.']);
    assert.equal(code, 1);
    assert.match(stdout, /^sub\/deep\/b\.py:2:1: hint wasteful-call/);
    assert.doesNotMatch(stdout, /^a\.py/m);
  });

  it('reads standard input under the name that is given', async () => {
    const files = project({ 'green-ai.toml': 'tier = "strict"\n' });
    const result = await files.run(['check', '-', '--stdin-filename', 'sub/x.py'], { stdin: python('opinion()') });
    assert.match(result.stdout, /^sub\/x\.py:2:1: warning strict-call/);
    assert.equal(result.code, 1);
    const nameless = await files.run(['check', '-'], { stdin: '' });
    assert.deepEqual(
      [nameless.code, nameless.stderr],
      [2, 'green-ai: - needs --stdin-filename, which decides the language\n'],
    );
  });

  it('gives findings, problems, summary and profile as JSON', async () => {
    const { stdout } = await project({
      'a.py': python(
        'waste()',
        'waste()  # green-ai: ignore[wasteful-call] known',
        'x = 1  # green-ai: ignore[strict-call, wasteful-call]',
      ),
    }).run(['check', 'a.py', '--format', 'json', '--profile', 'nvidia-t4', '--tier', 'strict']);
    const output = JSON.parse(stdout);
    assert.deepEqual(Object.keys(output), ['version', 'findings', 'problems', 'summary', 'profile', 'otherProfiles']);
    assert.deepEqual(output.findings[0].location, {
      path: 'a.py',
      range: { start: { line: 1, character: 0 }, end: { line: 1, character: 7 } },
    });
    assert.deepEqual(output.findings[1].suppression, { kind: 'inline', reason: 'known' });
    assert.equal(output.summary.findings, 1);
    assert.equal(output.summary.suppressed, 1);
    assert.equal(output.summary.fixable, 1);
    assert.equal(output.summary.total.counted, 1);
    assert.equal(output.profile.id, 'nvidia-t4');
    assert.deepEqual(
      output.problems.map(({ kind, message }: { kind: string; message: string }) => [kind, message]),
      [
        ['unused-suppression', 'Unused suppression: strict-call reports nothing here'],
        ['unused-suppression', 'Unused suppression: wasteful-call reports nothing here'],
      ],
    );
  });

  it('names unused suppressions on standard error and does not fail for them', async () => {
    const { code, stderr } = await project({ 'a.py': python('x = 1  # green-ai: ignore[wastefull-call]') }).run([
      'check',
      '.',
    ]);
    assert.equal(code, 0);
    assert.equal(stderr, 'a.py:2:27: Unknown rule wastefull-call in suppression; did you mean wasteful-call?\n');
  });

  it('knows versions from manifests, lock files and the notebook itself', async () => {
    const cell = (source: string) => JSON.stringify({ cells: [{ cell_type: 'code', source }] });
    const { stdout } = await project({
      'requirements.txt': 'transformers>=4.40\n',
      'uv.lock': '[[package]]\nname = "transformers"\nversion = "4.44.0"\n',
      'a.py': python('versioned()'),
      'b.ipynb': cell('%pip install transformers==5.0.0\nimport torch\nversioned()'),
      'c.ipynb': cell('import torch\nversioned()'),
      'js/package.json': '{"dependencies": {"@huggingface/transformers": "^3.0.0"}}',
      'js/d.ts': "import '@huggingface/transformers';\nversioned();\n",
    }).run(['check', '.']);
    assert.deepEqual(
      [...stdout.matchAll(/^ +help: +(.*)$/gm)].map((match) => match[1]),
      [
        'declared by uv.lock: transformers 4.44.0.',
        'declared by b.ipynb: transformers==5.0.0.',
        'declared by uv.lock: transformers 4.44.0.',
        'absent.',
      ],
    );
  });

  it('accepts what a baseline accepts, wherever the lines move', async () => {
    const files = project({ 'a.py': python('waste(1)', 'waste(2)') });
    const written = await files.run(['check', '.', '--write-baseline', '--baseline', 'known.json']);
    assert.deepEqual([written.code, written.stderr], [0, 'known.json: 2 finding(s) accepted\n']);
    files.write('a.py', python('', '# moved', 'waste(1)', 'waste(3)'));
    const checked = await files.run(['check', '.', '--baseline', 'known.json', '--format', 'json']);
    const { findings } = JSON.parse(checked.stdout);
    assert.deepEqual(
      findings.map(({ suppression }: { suppression?: object }) => suppression),
      [{ kind: 'baseline' }, undefined],
    );
    assert.equal(checked.code, 1);
    assert.match(checked.stderr, /known\.json: 1 accepted finding\(s\) are gone/);
  });

  it('holds from wherever it is run: paths are those of the folder of the baseline', async () => {
    const files = project({
      '.git/HEAD': 'ref: refs/heads/main\n',
      'sub/a.py': python('waste(1)'),
      'sub/deep/a.py': python('waste(1)'),
      'sub/green-ai.toml': 'baseline = "known.json"\n',
      'a.py': python('waste(1)'),
    });
    const sub = `${files.root.replaceAll('\\', '/')}/sub`;
    const written = await files.run(['check', '.', '--write-baseline'], { cwd: sub });
    assert.equal(written.stderr, 'known.json: 2 finding(s) accepted\n');
    assert.deepEqual(
      JSON.parse(files.read('sub/known.json')).findings.map(({ path }: { path: string }) => path),
      ['a.py', 'deep/a.py'],
    );
    assert.equal((await files.run(['check', '.'], { cwd: sub })).code, 0);
    assert.equal((await files.run(['check', '..'], { cwd: `${sub}/deep` })).code, 0);
    const above = await files.run(['check', '.']);
    assert.deepEqual(
      [...above.stdout.matchAll(/^(\S+\.py):/gm)].map((match) => match[1]),
      ['a.py'],
      'and the file outside is not accepted',
    );
    assert.equal((await files.run(['check', 'sub', '--baseline', 'sub/known.json'])).code, 0);
    const fromAbove = files.read('sub/known.json');
    await files.run(['check', 'sub', '--write-baseline']);
    assert.equal(files.read('sub/known.json'), fromAbove, 'the same file from either folder');
  });

  it('takes the baseline from the configuration', async () => {
    const files = project({ 'a.py': python('waste(1)'), 'green-ai.toml': 'baseline = "accepted.json"\n' });
    const missing = await files.run(['check', '.']);
    assert.deepEqual([missing.code, missing.stderr.includes('no such file')], [2, true]);
    assert.equal((await files.run(['check', '.', '--write-baseline'])).code, 0);
    assert.equal(JSON.parse(files.read('accepted.json')).findings.length, 1);
    assert.equal((await files.run(['check', '.'])).code, 0);
  });
});
