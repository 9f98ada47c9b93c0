import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  closeAll,
  diagnosticOf,
  diagnosticsWhen,
  greenAi,
  LOAD_RULE,
  openFile,
  replaceAll,
  ruleOf,
  SERVICE,
  workspaceUri,
  write,
} from './support.ts';

const settings = (): vscode.WorkspaceConfiguration => vscode.workspace.getConfiguration('greenAi');

async function messageAfter(uri: vscode.Uri, before: string): Promise<string> {
  const changed = await diagnosticsWhen(uri, (all) =>
    all.some((diagnostic) => ruleOf(diagnostic) === LOAD_RULE && diagnostic.message !== before),
  );
  return changed.find((diagnostic) => ruleOf(diagnostic) === LOAD_RULE)?.message ?? '';
}

describe('hardware profile', () => {
  afterEach(async () => {
    await settings().update('hardwareProfile', undefined, vscode.ConfigurationTarget.Workspace);
    await settings().update('workload', undefined, vscode.ConfigurationTarget.Workspace);
    await closeAll();
  });

  it('changes the numbers of diagnostics, view and hover at once', async () => {
    const api = await greenAi();
    const document = await openFile('service.py', SERVICE);
    const { message } = await diagnosticOf(document.uri, LOAD_RULE);
    const before = api.impact();
    await settings().update('hardwareProfile', 'laptop-cpu', vscode.ConfigurationTarget.Workspace);
    assert.notEqual(await messageAfter(document.uri, message), message);
    assert.equal(api.profile()?.id, 'laptop-cpu');
    const after = api.impact();
    assert.notDeepEqual(after.file?.totals, before.file?.totals);
    assert.equal(after.profile?.name, api.profile()?.name);
    assert.equal(after.ranking[0]?.ruleId, LOAD_RULE);
  });

  it('is this machine where the user chose that, read in a thread of its own', async () => {
    const api = await greenAi();
    const document = await openFile('service.py', SERVICE);
    const { message } = await diagnosticOf(document.uri, LOAD_RULE);
    await settings().update('hardwareProfile', 'local', vscode.ConfigurationTarget.Workspace);
    assert.notEqual(await messageAfter(document.uri, message), message);
    const profile = api.profile();
    assert.equal(profile?.id, 'local');
    assert.match(profile.name, /^This machine \(.+\)$/);
    assert.match(profile.source, /detected on this machine/);
  });

  it('takes the stated workload: ten times the requests, about ten times the saving', async () => {
    const api = await greenAi();
    const document = await openFile('service.py', SERVICE);
    const { message } = await diagnosticOf(document.uri, LOAD_RULE);
    const saving = (): number => api.findings(document.uri)[0]?.impact?.energyPerYear.mid ?? 0;
    const before = saving();
    const requestsPerYear = 10 * (api.profile()?.workload.requestsPerYear ?? 0);
    await settings().update('workload', { requestsPerYear }, vscode.ConfigurationTarget.Workspace);
    await messageAfter(document.uri, message);
    assert.ok(Math.abs(saving() / before - 10) < 0.01, `${before} → ${saving()}`);
  });

  it("comes from the workspace's file; a broken file is named at the place and the last profile stays", async () => {
    const api = await greenAi();
    const document = await openFile('service.py', SERVICE);
    const { message } = await diagnosticOf(document.uri, LOAD_RULE);
    const file = await openFile('.green-ai/hardware.json', '{}');
    const profile = { name: 'The lab', device: 'NVIDIA T4', region: 'FR' };
    await replaceAll(file, JSON.stringify(profile, null, 2));
    await file.save();
    const inForce = await messageAfter(document.uri, message);
    assert.equal(api.profile()?.name, 'The lab');

    await replaceAll(file, JSON.stringify({ ...profile, region: 'Atlantis' }, null, 2));
    await file.save();
    const [problem] = await diagnosticsWhen(file.uri, (all) => all.length > 0);
    assert.ok(problem);
    assert.equal(file.getText(problem.range), '"Atlantis"');
    assert.match(problem.message, /Atlantis/);
    assert.equal(api.profile()?.name, 'The lab', 'the last good profile stays in force');
    assert.equal((await diagnosticOf(document.uri, LOAD_RULE)).message, inForce);

    await replaceAll(file, JSON.stringify(profile, null, 2));
    await file.save();
    await diagnosticsWhen(file.uri, (all) => all.length === 0);
    const remove = new vscode.WorkspaceEdit();
    remove.deleteFile(workspaceUri('.green-ai'), { recursive: true });
    assert.ok(await vscode.workspace.applyEdit(remove));
    assert.equal(await messageAfter(document.uri, inForce), message, 'without the file the default is back');
  });
});

describe('hardware of a part of the workspace', () => {
  afterEach(closeAll);

  it('comes from the nearest file', async () => {
    const api = await greenAi();
    await write('part/.green-ai/hardware.json', JSON.stringify({ name: 'Part', device: 'NVIDIA T4' }));
    const document = await openFile('part/deep/service.py', SERVICE);
    await diagnosticOf(document.uri, LOAD_RULE);
    assert.equal(api.profile()?.name, 'Part');
  });
});

describe('configuration file', () => {
  afterEach(closeAll);

  it('wins over the settings and is named at the place when it is wrong', async () => {
    const document = await openFile('nested/service.py', SERVICE);
    await diagnosticOf(document.uri, LOAD_RULE);
    const config = await openFile('nested/green-ai.toml', '');
    await replaceAll(config, `tier = "recommended"\n[rules]\n${LOAD_RULE} = "hint"\n`);
    await config.save();
    await diagnosticsWhen(document.uri, (all) =>
      all.some(({ severity }) => severity === vscode.DiagnosticSeverity.Hint),
    );
    await replaceAll(config, 'tier = "everything"\n');
    await config.save();
    const [problem] = await diagnosticsWhen(config.uri, (all) => all.length > 0);
    assert.equal(problem?.range.start.line, 0);
    assert.match(problem?.message ?? '', /tier|everything/);
  });
});
