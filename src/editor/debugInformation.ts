import * as vscode from 'vscode';
import type { GreenAi } from './greenAi.ts';
import { readSettings } from './settings.ts';

/** Opens what a bug report needs as a JSON document: versions, settings, state; none of the user's code. */
export async function showDebugInformation(greenAi: GreenAi, extension: vscode.Extension<unknown>): Promise<void> {
  const { version } = extension.packageJSON as { readonly version: string };
  const information = {
    'Green AI': version,
    'VS Code': vscode.version,
    host: vscode.env.appHost,
    remote: vscode.env.remoteName ?? null,
    ui: vscode.env.uiKind === vscode.UIKind.Web ? 'web' : 'desktop',
    ...(typeof process === 'undefined'
      ? {}
      : { platform: `${process.platform} ${process.arch}, node ${process.version}` }),
    workspaceFolders: vscode.workspace.workspaceFolders?.length ?? 0,
    ...stateOf(greenAi),
  };
  const content = JSON.stringify(information, null, 2);
  const document = await vscode.workspace.openTextDocument({ language: 'json', content });
  await vscode.window.showTextDocument(document);
}

function stateOf(greenAi: GreenAi): Readonly<Record<string, unknown>> {
  const { engine, subject, outcome, analysed } = greenAi.state();
  const { settings, configPath } = analysed?.project ?? {};
  return {
    status: greenAi.statusText,
    engine,
    openAnalysedFiles: greenAi.store.all().length,
    settings: readSettings(subject),
    file: {
      scheme: subject?.scheme ?? null,
      outcome: outcome?.kind ?? null,
      message: outcome?.message ?? null,
      configuration: configPath ?? null,
      profile: settings?.profile ?? null,
      versions: settings?.environment.versions ?? null,
      runtime: settings?.environment.runtime ?? null,
      milliseconds: analysed?.result.milliseconds ?? null,
      problems: outcome?.problems ?? [],
    },
  };
}
