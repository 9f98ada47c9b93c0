import * as vscode from 'vscode';
import { languageOf } from '../languages/languageOf.ts';
import { isUserText, MAX_FILES } from './documentScope.ts';
import { excludeGlob } from './excludeGlob.ts';
import { IgnoredPaths } from './ignoredPaths.ts';
import { VscodeFileSystem } from './vscodeFileSystem.ts';

const SOURCES = '**/*.{py,ts,mts,cts,tsx,js,mjs,cjs,jsx,ipynb}';

interface WorkspaceFiles {
  /** In path order. */
  readonly files: readonly vscode.Uri[];
  /** True when there are more than the report reads. */
  readonly isCapped: boolean;
}

/** Source files and notebooks of all workspace folders, without what the user's settings and `.gitignore` files exclude. */
export async function workspaceFiles(token: vscode.CancellationToken): Promise<WorkspaceFiles> {
  const perFolder = await Promise.all(
    (vscode.workspace.workspaceFolders ?? []).map((folder) => folderFiles(folder, token)),
  );
  const files = perFolder.flat().sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  const distinct = [...new Map(files.map((uri) => [uri.toString(), uri])).values()];
  return { files: distinct.slice(0, MAX_FILES), isCapped: distinct.length > MAX_FILES };
}

async function folderFiles(folder: vscode.WorkspaceFolder, token: vscode.CancellationToken): Promise<vscode.Uri[]> {
  const setting = (key: string): unknown => vscode.workspace.getConfiguration(undefined, folder.uri).get<unknown>(key);
  const exclude = new vscode.RelativePattern(folder, excludeGlob(setting('files.exclude'), setting('search.exclude')));
  const pattern = new vscode.RelativePattern(folder, SOURCES);
  const found = await vscode.workspace.findFiles(pattern, exclude, MAX_FILES * 4, token);
  const ignored = new IgnoredPaths(folder.uri.path.replace(/(?<=.)\/$/, ''), new VscodeFileSystem(folder.uri));
  const files: vscode.Uri[] = [];
  for (const uri of found) {
    if (isUserText(uri) && isSource(uri.path) && !(await ignored.has(uri.path))) files.push(uri);
  }
  return files;
}

function isSource(path: string): boolean {
  return path.toLowerCase().endsWith('.ipynb') || languageOf(path) !== undefined;
}
