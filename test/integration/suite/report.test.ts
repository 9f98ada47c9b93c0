import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  closeAll,
  diagnosticOf,
  greenAi,
  LOAD_RULE,
  LOOP,
  openFile,
  replaceAll,
  SERVICE,
  tabWhen,
  workspaceUri,
  write,
} from './support.ts';

async function read(uri: vscode.Uri): Promise<string> {
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
}

describe('report', () => {
  afterEach(closeAll);

  it('covers the workspace with unsaved texts, says what it left out, opens its tab and is exported', async () => {
    const api = await greenAi();
    await write('report/service.py', SERVICE);
    await write('report/loop.ts', LOOP);
    await write('report/broken.ipynb', '{ "cells": [');
    await write('report/.gitignore', 'ignored.py\n');
    await write('report/ignored.py', SERVICE);
    await write('report/node_modules/x/service.py', SERVICE);
    const unsaved = await openFile('report/unsaved.py', 'x = 1\n');
    await replaceAll(unsaved, SERVICE);
    const report = await api.report();
    assert.ok(report);
    const files = report.tables.find(({ caption }) => caption === 'File')?.rows.map(({ name }) => name) ?? [];
    for (const name of ['report/service.py', 'report/loop.ts', 'report/unsaved.py']) {
      assert.ok(files.includes(name), `${name} is not in ${files.join(', ')}`);
    }
    assert.ok(!files.some((name) => name.includes('node_modules') || name.includes('ignored')), files.join(', '));
    assert.ok(report.notes.some((note) => note.startsWith('report/broken.ipynb: ')));
    assert.deepEqual(
      report.totals.map(({ name }) => name),
      ['Energy', 'CO₂e, use', 'CO₂e, making the devices', 'Money'],
    );
    assert.ok(report.ranking.every(({ weight }, index, all) => weight <= (all[index - 1]?.weight ?? 1)));

    const tab = await tabWhen(({ label }) => label === 'Green AI report');
    assert.ok(tab.input instanceof vscode.TabInputWebview);
    assert.deepEqual(api.impact().workspace?.totals, report.totals, 'the view shows the same totals');

    const html = await api.exportReport('html', workspaceUri('out/report.html'));
    assert.ok(html);
    assert.match(await read(html), /^<!doctype html>[\s\S]*model-load-per-call/i);
    const markdown = await api.exportReport('markdown', workspaceUri('out/report.md'));
    assert.ok(markdown);
    assert.match(await read(markdown), /^# /);
    const json = await api.exportReport('json', workspaceUri('out/report.json'));
    assert.ok(json);
    const model: unknown = JSON.parse(await read(json));
    assert.ok(typeof model === 'object' && model !== null && 'format' in model && model.format === 'green-ai-report');
  });

  it('does not disturb the findings of open files', async () => {
    const api = await greenAi();
    const document = await openFile('report/service.py', SERVICE);
    const before = await diagnosticOf(document.uri, LOAD_RULE);
    await api.report();
    assert.equal((await diagnosticOf(document.uri, LOAD_RULE)).message, before.message);
  });
});

describe('commands', () => {
  afterEach(closeAll);

  it('stand in the palette under "Green AI"', async () => {
    const { packageJSON } = vscode.extensions.getExtension('green-ai.green-ai') ?? {};
    const commands: { command: string; title: string; category: string }[] = packageJSON?.contributes?.commands ?? [];
    const titles = commands.map(({ category, title }) => `${category}: ${title}`);
    assert.ok(titles.includes('Green AI: Report'), titles.join(', '));
  });

  it('restart the engine, and the findings come back', async () => {
    const document = await openFile('restart.py', SERVICE);
    await diagnosticOf(document.uri, LOAD_RULE);
    const api = await greenAi();
    const changed = new Promise<void>((resolve) => {
      const once = api.onDidChangeFindings(() => {
        once.dispose();
        resolve();
      });
    });
    await vscode.commands.executeCommand('greenAi.restart');
    await changed;
    await diagnosticOf(document.uri, LOAD_RULE);
  });

  it('show debug information without any of the code', async () => {
    await openFile('secret.py', `${SERVICE}# a-secret-word\n`);
    await vscode.commands.executeCommand('greenAi.showDebugInformation');
    const text = vscode.window.activeTextEditor?.document.getText() ?? '';
    assert.match(text, /"Green AI": "\d/);
    assert.doesNotMatch(text, /a-secret-word/);
  });

  it('open the sample, which has a finding', async () => {
    await vscode.commands.executeCommand('greenAi.openSample');
    const document = vscode.window.activeTextEditor?.document;
    assert.ok(document);
    await diagnosticOf(document.uri, LOAD_RULE);
  });
});
