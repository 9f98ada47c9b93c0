import * as vscode from 'vscode';
import type { GreenAi } from './greenAi.ts';

/** Opens what a bug report needs as a JSON document: versions, settings, state; none of the user's code. */
export async function showDebugInformation(greenAi: GreenAi, extension: vscode.Extension<unknown>): Promise<void> {
  const { version } = extension.packageJSON as { readonly version: string };
  const information = {
    'Green AI': version,
    'VS Code': vscode.version,
    host: vscode.env.appHost,
    remote: vscode.env.remoteName ?? null,
    ui: vscode.env.uiKind === vscode.UIKind.Web ? 'web' : 'desktop',
    platform: `${process.platform} ${process.arch}, node ${process.version}`,
    workspaceFolders: vscode.workspace.workspaceFolders?.length ?? 0,
    ...greenAi.debugInformation(),
  };
  const content = JSON.stringify(information, null, 2);
  const document = await vscode.workspace.openTextDocument({ language: 'json', content });
  await vscode.window.showTextDocument(document);
}
