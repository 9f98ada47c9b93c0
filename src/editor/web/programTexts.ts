import * as vscode from 'vscode';
import type { ModuleText } from '../../host/web/moduleScript.ts';

/** Texts of a program that the build made for the browser, with what it loads; the program itself is the last. */
export async function programTexts(
  dist: vscode.Uri,
  program: 'webExtension' | 'webEngineWorker',
): Promise<readonly ModuleText[]> {
  const read = async (path: string): Promise<string> =>
    new TextDecoder().decode(await vscode.workspace.fs.readFile(vscode.Uri.joinPath(dist, path)));
  const files: Readonly<Record<typeof program, readonly string[]>> = JSON.parse(await read('web/files.json'));
  return Promise.all(files[program].map(async (path) => ({ path, text: await read(path) })));
}
