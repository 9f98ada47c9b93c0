import assert from 'node:assert/strict';
import type { Explanation } from '../../src/core/explain/explanation.ts';
import { project, python, removeProjects } from './support/project.ts';

describe('green-ai explain', () => {
  afterEach(removeProjects);

  async function explained(files: Readonly<Record<string, string>>, place: string): Promise<Explanation> {
    const { code, stdout, stderr } = await project(files).run(['explain', place, '--format', 'json']);
    assert.equal(code, 0, stderr);
    return JSON.parse(stdout);
  }

  const SERVICE = python(
    'from fastapi import FastAPI',
    'from transformers import AutoModel',
    'app = FastAPI()',
    'MODEL = "gpt2"',
    '@app.post("/predict")',
    'def predict(options):',
    '    for text in options.texts:',
    '        model = AutoModel.from_pretrained(MODEL, **options.load)',
    '        model.eval()',
  );

  it('says what a call is, what its arguments are, and where it runs', async () => {
    const { line } = await explained({ 'app.py': SERVICE }, 'app.py:9');
    const [call] = line?.calls ?? [];
    assert.equal(call?.callee, 'transformers.AutoModel.from_pretrained');
    const answers = new Map(call?.arguments.map((argument) => [argument.parameter, argument]));
    assert.deepEqual(answers.get('pretrained_model_name_or_path')?.values, ['"gpt2"']);
    assert.equal(answers.get('pretrained_model_name_or_path')?.answer, 'known');
    assert.equal(answers.get('dtype')?.answer, 'unknown');
    assert.deepEqual(call?.methods, ['eval']);
    assert.equal(call?.place.entryPoint, 'request of fastapi');
    assert.deepEqual(call?.place.loops, ['for over items (line 8: for text in options.texts)']);
    assert.equal(call?.place.isMemoised, false);
  });

  it('says what the names on the line hold, a written one what is put into it', async () => {
    const { line } = await explained({ 'app.py': SERVICE }, 'app.py:9');
    const names = new Map(line?.names.map(({ name, values }) => [name, values]));
    assert.deepEqual(names.get('MODEL'), ['"gpt2"']);
    assert.deepEqual(names.get('model'), ['instance of transformers.PreTrainedModel']);
  });

  it('proves an argument absent where nothing can carry it', async () => {
    const { line } = await explained(
      {
        'a.ts':
          "import { pipeline } from '@huggingface/transformers';\nawait pipeline('translation', 'm', { device });\n",
      },
      'a.ts:2',
    );
    const answers = new Map(line?.calls[0]?.arguments.map(({ parameter, answer }) => [parameter, answer]));
    assert.equal(answers.get('options.device'), 'known');
  });

  it('tells which rule reported', async () => {
    const { line } = await explained({ 'a.py': python('waste()') }, 'a.py:2');
    const rule = line?.rules.find(({ ruleId }) => ruleId === 'wasteful-call');
    assert.deepEqual(rule?.outcome.kind, 'told');
  });

  it('tells that a report is suppressed', async () => {
    const { line } = await explained(
      { 'a.py': python('waste()  # green-ai: ignore[wasteful-call] on purpose') },
      'a.py:2',
    );
    const outcome = line?.rules.find(({ ruleId }) => ruleId === 'wasteful-call')?.outcome;
    assert.equal(outcome?.kind === 'told' && outcome.isSuppressed, true);
  });

  it('tells that a rule of the strict tier would report', async () => {
    const { line } = await explained({ 'a.py': python('opinion()') }, 'a.py:2');
    const rule = line?.rules.find(({ ruleId }) => ruleId === 'strict-call');
    assert.deepEqual(rule?.outcome, { kind: 'inactive', reason: 'strict' });
  });

  it('lists the calls of a file that names no line, with the versions around it', async () => {
    const files = { 'app.py': SERVICE, 'requirements.txt': 'transformers==4.44.0\n' };
    const { calls, file, line } = await explained(files, 'app.py');
    assert.equal(line, undefined);
    assert.ok(calls?.some(({ callee, range }) => callee === 'fastapi.FastAPI' && range.start.line === 3));
    assert.equal(file.versions['transformers'], 'requirements.txt: transformers==4.44.0');
    assert.deepEqual(file.entryPoints, ['request of fastapi']);
  });

  it('finds a line of a notebook by its cell', async () => {
    const cells = ['# words', 'import torch\nwaste()'].map((source, index) => ({
      cell_type: index === 0 ? 'markdown' : 'code',
      source,
    }));
    const notebook = JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 });
    const { line } = await explained({ 'n.ipynb': notebook }, 'n.ipynb:cell 2:2');
    assert.equal(line?.text, 'waste()');
    assert.ok(line?.rules.some(({ ruleId }) => ruleId === 'wasteful-call'));
  });

  it('prints the same for people', async () => {
    const { stdout } = await project({ 'app.py': SERVICE }).run(['explain', 'app.py:9']);
    assert.match(stdout, /^app\.py:9\n {2}model = AutoModel\.from_pretrained/);
    assert.match(stdout, /· pretrained_model_name_or_path MODEL = "gpt2"/);
    assert.match(stdout, /· unknown +.*dtype/);
    assert.match(stdout, /^rules\n/m);
  });

  const refused: readonly (readonly [title: string, place: string, message: RegExp])[] = [
    ['a file that is not there', 'nope.py:3', /no such file or folder: nope\.py/],
    ['a line past the end', 'app.py:999', /app\.py has no such line/],
    ['line 0', 'app.py:0', /count from 1/],
    ['a folder', '.', /is a folder; name a file/],
    ['a notebook line without its cell', 'n.ipynb:3', /written n\.ipynb:cell N:LINE/],
  ];
  for (const [title, place, message] of refused) {
    it(`refuses ${title}`, async () => {
      const files = project({ 'app.py': SERVICE, 'b.py': SERVICE, 'n.ipynb': '{"cells": []}' });
      const { code, stdout, stderr } = await files.run(['explain', place]);
      assert.equal(code, 2);
      assert.equal(stdout, '');
      assert.match(stderr, message);
    });
  }
});
