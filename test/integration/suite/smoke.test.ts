import assert from 'node:assert/strict';
import * as vscode from 'vscode';

const extensionId = 'green-ai.green-ai';

describe('the extension in VS Code', () => {
  it('is installed and activates', async () => {
    const extension = vscode.extensions.getExtension(extensionId);
    assert.ok(extension, `${extensionId} is not installed`);
    await extension.activate();
    assert.equal(extension.isActive, true);
  });

  it('registers every command of its manifest', async () => {
    const extension = vscode.extensions.getExtension(extensionId);
    assert.ok(extension);
    const declared: { command: string }[] = extension.packageJSON.contributes?.commands ?? [];
    await extension.activate();
    const registered = new Set(await vscode.commands.getCommands(true));
    const missing = declared.filter(({ command }) => !registered.has(command));
    assert.deepEqual(missing, []);
  });
});
