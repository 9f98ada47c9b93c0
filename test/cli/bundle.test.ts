import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { project, removeProjects } from './support/project.ts';

/** The file that users run: `npm run build` makes it, and `npm test` builds before it tests. */
const CLI = path.resolve('dist/cli.js');

describe('the built command line', () => {
  before(() => assert.ok(existsSync(CLI), 'dist/cli.js is missing: run npm run build first'));
  afterEach(removeProjects);

  function spawn(cwd: string, argv: readonly string[], input = '') {
    const env = { ...process.env, NO_COLOR: '1' };
    const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...argv], {
      cwd,
      input,
      encoding: 'utf8',
      env,
    });
    return { status, stdout, stderr };
  }

  const PYTHON = `import torch
from fastapi import FastAPI
from transformers import AutoModelForCausalLM

app = FastAPI()


@app.post("/answer")
def answer(text: str):
    model = AutoModelForCausalLM.from_pretrained("mistralai/Mistral-7B-v0.1", torch_dtype=torch.bfloat16)
    return model.generate(text)
`;

  it('finds the waste of a request handler with the shipped rules, from any folder', () => {
    const files = project({ 'app/main.py': PYTHON, 'app/requirements.txt': 'transformers==4.44.0\n' });
    const { status, stdout, stderr } = spawn(files.root, ['check', 'app']);
    assert.equal(status, 1, stderr);
    assert.equal(stderr, '');
    assert.match(stdout, /^app\/main\.py:10:13: warning model-load-per-call: /m);
  });

  it('exits with 0, 1 and 2 as it says', () => {
    const files = project({ 'clean.py': 'x = 1\n' });
    assert.equal(spawn(files.root, ['check', 'clean.py']).status, 0);
    assert.equal(spawn(files.root, ['check', 'gone.py']).status, 2);
    assert.equal(spawn(files.root, ['chek']).status, 2);
    assert.equal(spawn(files.root, ['--version']).status, 0);
  });

  it('reads standard input and parses TypeScript fixes with the compiler beside it', () => {
    const text =
      "import { pipeline } from '@huggingface/transformers';\nexport const pipe = await pipeline('text-generation');\n";
    const checked = spawn(project().root, ['check', '-', '--stdin-filename', 'a.ts', '--format', 'json'], text);
    assert.deepEqual(Object.keys(JSON.parse(checked.stdout)), [
      'version',
      'findings',
      'problems',
      'summary',
      'profile',
      'otherProfiles',
    ]);
    const fixed = spawn(project().root, ['fix', '-', '--stdin-filename', 'a.ts', '--exit-zero'], text);
    assert.equal(fixed.status, 0, fixed.stderr);
    assert.match(fixed.stdout, /pipeline\('text-generation'/);
  });

  it('finds the same, in the same order, in workers and in one thread', () => {
    const names = Array.from({ length: 24 }, (_, index) => `app/service${String(index).padStart(2, '0')}.py`);
    const files = project({
      ...Object.fromEntries(
        names.map((name, index) => [name, index % 3 === 0 ? `${PYTHON}\n# ${index}\n` : 'import os\n']),
      ),
      'app/helper.py':
        'from transformers import AutoModel\n\n\ndef load():\n    return AutoModel.from_pretrained("gpt2")\n',
      'app/main.py':
        'from fastapi import FastAPI\nfrom helper import load\n\napp = FastAPI()\n\n\n@app.get("/")\ndef f():\n    return load()\n',
      'app/broken.py': 'import torch\ndef (:\n',
    });
    for (const command of [
      ['check', '.', '--format', 'json'],
      ['fix', '.', '--dry-run'],
      ['report', '.', '--format', 'markdown'],
    ]) {
      const [one, three] = ['1', '3'].map((jobs) => {
        const { status, stdout, stderr } = spawn(files.root, [...command, '--jobs', jobs]);
        return { status, stderr, stdout: stdout.replace(/made \S+/, 'made now') };
      });
      assert.ok(one && three);
      assert.ok((one.stdout + one.stderr).length > 40);
      assert.deepEqual(three, one);
    }
    assert.match(
      spawn(files.root, ['check', '.', '--jobs', '3']).stdout,
      /helper\.py:5:12: warning model-load-per-call/,
    );
  });

  it('lists every rule with its catalogue entries', () => {
    const { stdout } = spawn(project().root, ['rules', '--format', 'json']);
    const { rules } = JSON.parse(stdout);
    assert.ok(rules.length >= 10);
    for (const { id, catalogue } of rules) assert.ok(catalogue.length > 0, id);
  });
});
