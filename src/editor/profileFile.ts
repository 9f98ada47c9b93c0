import * as vscode from 'vscode';

const TEMPLATE = `{
  "name": "My machine",
  "device": "NVIDIA T4",
  "count": 1,
  "region": "world",
  "workload": {
    "requestsPerYear": 100000,
    "itemsPerYear": 1000000,
    "runsPerYear": 250,
    "rendersPerYear": 100000,
    "concurrency": 1
  }
}
`;

/** Creates `.green-ai/hardware.json` in a workspace folder where it is missing, and opens it. */
export async function createProfileFile(): Promise<vscode.Uri | undefined> {
  const folder = await chooseFolder();
  if (folder === undefined) return undefined;
  const file = vscode.Uri.joinPath(folder.uri, '.green-ai', 'hardware.json');
  if (!(await exists(file))) {
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(TEMPLATE));
  }
  await vscode.window.showTextDocument(file);
  return file;
}

async function chooseFolder(): Promise<vscode.WorkspaceFolder | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length === 0) {
    void vscode.window.showErrorMessage(vscode.l10n.t('Open a folder first: the profile file belongs to a workspace.'));
    return undefined;
  }
  return folders.length === 1 ? folders[0] : vscode.window.showWorkspaceFolderPick();
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}
