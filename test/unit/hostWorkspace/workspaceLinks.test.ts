import assert from 'node:assert/strict';
import { rules } from '../../../rules/registry.ts';
import { Analyzer } from '../../../src/core/engine/analyzer.ts';
import type { LinkFacts } from '../../../src/core/workspace/linkFacts.ts';
import { LocalHost } from '../../../src/host/localHost.ts';
import { WorkspaceLinks } from '../../../src/host/workspace/workspaceLinks.ts';
import { loadParsers } from '../../support/programOf.ts';
import { MemoryFileSystem } from './memoryFileSystem.ts';

const UTILS = 'from transformers import pipeline\ndef load():\n    return pipeline("x")\n';
const HANDLER =
  'from fastapi import FastAPI\nfrom utils import load\napp = FastAPI()\n@app.post("/x")\ndef predict():\n    return load()\n';

describe('links of a workspace', () => {
  let engine: LocalHost;
  let summarized: string[];
  before(async () => {
    engine = new LocalHost(new Analyzer({ parsers: await loadParsers(), rules }));
  });
  beforeEach(() => {
    summarized = [];
  });

  const linksOf = (fileSystem: MemoryFileSystem, mostSummaries = 100): WorkspaceLinks =>
    new WorkspaceLinks({
      mostSummaries,
      fileSystem,
      root: '/w',
      display: (path) => path.slice('/w/'.length),
      onDefect: (error) => assert.fail(String(error)),
      engine: {
        libraries: () => engine.libraries(),
        summarize: (input) => {
          summarized.push(input.path);
          return engine.summarize(input);
        },
      },
    });
  const inMemory = (files: Readonly<Record<string, string>>): MemoryFileSystem =>
    new MemoryFileSystem(Object.fromEntries(Object.entries(files).map(([path, text]) => [`/w/${path}`, text])));
  /** `handler@file` for each function that another file's entry point reaches. */
  const reached = (facts: LinkFacts | undefined): readonly string[] =>
    Object.entries(facts?.reach ?? {}).flatMap(([key, { entry }]) =>
      entry ? `${key} by ${entry.steps[0]?.name}@${entry.steps[0]?.path}` : [],
    );

  it('finds the modules that a file imports, and through them', async () => {
    const files = { 'a.py': 'import b\nimport torch', 'b.py': 'from p import c', 'p/c.py': 'X = 1', 'd.py': 'X = 1' };
    const facts = await linksOf(inMemory(files)).factsFor('/w/a.py', 'imports');
    assert.deepEqual(facts?.summaries.map(({ path }) => path).toSorted(), ['b.py', 'p/c.py']);
    assert.equal(facts?.resolved['a.py']?.['b'], 'b.py');
  });

  it('finds the files that call into one', async () => {
    const facts = await linksOf(inMemory({ 'utils.py': UTILS, 'main.py': HANDLER })).factsFor('/w/utils.py');
    assert.deepEqual(reached(facts), ['load#0 by predict@main.py']);
  });

  it('finds callers in the cells of a notebook', async () => {
    const cells = [
      { cell_type: 'code', source: ['import gradio as gr\nfrom utils import load'] },
      { cell_type: 'code', source: ['def reply(t):\n    return load()(t)\ngr.Interface(fn=reply)'] },
    ];
    const facts = await linksOf(inMemory({ 'utils.py': UTILS, 'demo.ipynb': JSON.stringify({ cells }) })).factsFor(
      '/w/utils.py',
    );
    assert.deepEqual(reached(facts), ['load#0 by reply@demo.ipynb']);
    assert.equal(facts?.reach['load#0']?.entry?.steps[0]?.cell, 1);
  });

  it('ends on a cycle of imports', async () => {
    const files = { 'a.py': 'import b\nimport torch', 'b.py': 'import c', 'c.py': 'import a\nimport b' };
    const facts = await linksOf(inMemory(files)).factsFor('/w/a.py');
    assert.deepEqual(facts?.summaries.map(({ path }) => path).toSorted(), ['b.py', 'c.py']);
  });

  it('follows imports for four steps', async () => {
    const chain = Object.fromEntries(Array.from({ length: 8 }, (_, at) => [`m${at}.py`, `import m${at + 1}`]));
    const facts = await linksOf(inMemory({ ...chain, 'a.py': 'import torch\nimport m0' })).factsFor('/w/a.py');
    assert.deepEqual(facts?.summaries.map(({ path }) => path).toSorted(), ['m0.py', 'm1.py', 'm2.py', 'm3.py']);
  });

  it('parses nothing, and looks for no callers, where no library is concerned', async () => {
    const fileSystem = inMemory({ 'a.py': 'import b', 'b.py': 'X = 1', 'other/c.py': 'import a' });
    assert.equal(await linksOf(fileSystem).factsFor('/w/a.py'), undefined);
    assert.deepEqual(summarized, []);
    assert.ok(!fileSystem.reads.includes('/w/other/c.py'));
  });

  it('concerns a file whose imports bring a library along', async () => {
    const files = { 'a.py': 'from b import net\nnet(1)', 'b.py': 'import torch\nnet = torch.nn.Linear(1, 1)' };
    assert.equal((await linksOf(inMemory(files)).factsFor('/w/a.py'))?.summaries[0]?.path, 'b.py');
  });

  it('leaves out what cannot be read, is too large, a broken notebook, ignored or a library', async () => {
    const fileSystem = inMemory({
      'utils.py': UTILS,
      'secret.py': HANDLER,
      'large.py': '',
      'broken.ipynb': '{ "cells": from utils import load',
      '.gitignore': 'ignored/\n',
      'ignored/main.py': HANDLER,
      'venv/lib/main.py': HANDLER,
      'locked/main.py': HANDLER,
    });
    fileSystem.write('/w/large.py', HANDLER, 2_000_001);
    fileSystem.unreadable.add('/w/secret.py');
    fileSystem.unreadable.add('/w/locked');
    const facts = await linksOf(fileSystem).factsFor('/w/utils.py');
    assert.deepEqual(reached(facts), []);
    assert.deepEqual(summarized, [], 'a file that stands alone needs no summary');
  });

  it('answers for a file that is not there, outside of the root, or no code', async () => {
    const links = linksOf(inMemory({ 'a.txt': 'import torch' }));
    for (const path of ['/w/none.py', '/elsewhere/a.py', '/w/a.txt', '/w']) {
      assert.equal(await links.factsFor(path), undefined);
    }
  });

  it('goes on without a file that the engine cannot summarise', async () => {
    const fileSystem = inMemory({ 'utils.py': UTILS, 'main.py': HANDLER, 'bad.py': 'import utils' });
    const links = new WorkspaceLinks({
      fileSystem,
      root: '/w',
      display: (path) => path.slice('/w/'.length),
      engine: {
        libraries: () => engine.libraries(),
        summarize: async (input) => {
          if (input.path === 'bad.py') throw new Error('the worker died');
          return engine.summarize(input);
        },
      },
    });
    assert.deepEqual(reached(await links.factsFor('/w/utils.py')), ['load#0 by predict@main.py']);
  });

  it('asks again for the libraries after the engine failed', async () => {
    let failures = 1;
    const links = new WorkspaceLinks({
      fileSystem: inMemory({ 'utils.py': UTILS, 'main.py': HANDLER }),
      root: '/w',
      display: (path) => path.slice('/w/'.length),
      engine: {
        libraries: async () => {
          if (failures-- > 0) throw new Error('not started');
          return engine.libraries();
        },
        summarize: (input) => engine.summarize(input),
      },
    });
    assert.equal(await links.factsFor('/w/utils.py'), undefined);
    assert.deepEqual(reached(await links.factsFor('/w/utils.py')), ['load#0 by predict@main.py']);
  });

  it('summarises each text once', async () => {
    const links = linksOf(inMemory({ 'utils.py': UTILS, 'main.py': HANDLER }));
    await links.prepare(['/w/utils.py', '/w/main.py']);
    await links.factsFor('/w/utils.py');
    await links.factsFor('/w/main.py');
    assert.deepEqual(summarized.toSorted(), ['main.py', 'utils.py']);
  });

  it('keeps few summaries, and makes one again that was given up', async () => {
    const files = { 'utils.py': UTILS, 'main.py': HANDLER, 'p/utils.py': UTILS, 'p/main.py': HANDLER };
    const links = linksOf(inMemory(files), 2);
    for (const folder of ['', 'p/', '']) {
      const facts = await links.factsFor(`/w/${folder}utils.py`);
      assert.deepEqual(reached(facts), [`load#0 by predict@${folder}main.py`]);
    }
    assert.equal(summarized.filter((path) => path === 'main.py').length, 2);
  });

  it('gives the same facts whether one file was asked for or all of them', async () => {
    const files = { 'utils.py': UTILS, 'main.py': HANDLER, 'z.py': HANDLER.replace('predict', 'other') };
    const alone = await linksOf(inMemory(files)).factsFor('/w/utils.py');
    const links = linksOf(inMemory(files));
    await links.prepare(['/w/z.py', '/w/main.py', '/w/utils.py']);
    assert.deepEqual(await links.factsFor('/w/utils.py'), alone);
  });

  describe('stays fresh', () => {
    it('when a caller changes, and reads no other file again', async () => {
      const fileSystem = inMemory({ 'utils.py': UTILS, 'main.py': HANDLER });
      const links = linksOf(fileSystem);
      await links.factsFor('/w/utils.py');
      fileSystem.write('/w/main.py', HANDLER.replace('load()', '1'));
      assert.deepEqual(reached(await links.factsFor('/w/utils.py')), ['load#0 by predict@main.py']);
      fileSystem.reads.length = 0;
      links.invalidate('/w/main.py');
      assert.deepEqual(reached(await links.factsFor('/w/utils.py')), []);
      assert.deepEqual([...new Set(fileSystem.reads)], ['/w/main.py']);
    });

    it('and keeps a summary whose file has the same stamp', async () => {
      const links = linksOf(inMemory({ 'utils.py': UTILS, 'main.py': HANDLER }));
      await links.factsFor('/w/utils.py');
      links.invalidate('/w/main.py');
      await links.factsFor('/w/utils.py');
      assert.deepEqual(summarized.toSorted(), ['main.py', 'utils.py']);
    });

    it('when a file comes or goes', async () => {
      const fileSystem = inMemory({ 'utils.py': UTILS });
      const links = linksOf(fileSystem);
      assert.deepEqual(reached(await links.factsFor('/w/utils.py')), []);
      fileSystem.write('/w/api/main.py', HANDLER);
      links.invalidate('/w/api/main.py');
      assert.deepEqual(reached(await links.factsFor('/w/utils.py')), ['load#0 by predict@api/main.py']);
      fileSystem.remove('/w/api/main.py');
      links.invalidate('/w/api/main.py');
      assert.deepEqual(reached(await links.factsFor('/w/utils.py')), []);
    });

    it('when a module that was missing appears nearer', async () => {
      const fileSystem = inMemory({ 'p/a.py': 'import torch\nimport m', 'm.py': 'X = 1' });
      const links = linksOf(fileSystem);
      assert.equal((await links.factsFor('/w/p/a.py'))?.resolved['p/a.py']?.['m'], 'm.py');
      fileSystem.write('/w/p/m.py', 'X = 2');
      links.invalidate('/w/p/m.py');
      assert.equal((await links.factsFor('/w/p/a.py'))?.resolved['p/a.py']?.['m'], 'p/m.py');
    });

    it('with the unsaved text of open documents, until they are closed', async () => {
      const links = linksOf(inMemory({ 'utils.py': UTILS, 'main.py': '' }));
      assert.deepEqual(reached(await links.factsFor('/w/utils.py')), []);
      links.setText('/w/main.py', { kind: 'file', path: 'main.py', language: 'python', text: HANDLER });
      assert.deepEqual(reached(await links.factsFor('/w/utils.py')), ['load#0 by predict@main.py']);
      links.setText('/w/main.py', undefined);
      assert.deepEqual(reached(await links.factsFor('/w/utils.py')), []);
    });

    it('without taking notice of what a build writes', () => {
      const links = linksOf(inMemory({}));
      assert.equal(links.invalidate('/w/dist/a.js'), false);
      assert.equal(links.invalidate('/w/.next/server/a.js'), false);
      assert.equal(links.invalidate('/w/src/a.ts'), true);
    });

    it('after everything was forgotten', async () => {
      const fileSystem = inMemory({ 'utils.py': UTILS, 'main.py': HANDLER });
      const links = linksOf(fileSystem);
      await links.factsFor('/w/utils.py');
      fileSystem.remove('/w/main.py');
      links.clear();
      assert.deepEqual(reached(await links.factsFor('/w/utils.py')), []);
    });
  });
});
