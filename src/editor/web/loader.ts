import * as vscode from 'vscode';
import { moduleScript } from '../../host/web/moduleScript.ts';
import type { GreenAiApi } from '../api.ts';
import { programTexts } from './programTexts.ts';

/**
 * What VS Code loads in a browser, where an extension is one file: it puts the extension together from the files that the desktop
 * uses as well, and evaluates it as VS Code evaluates this one.
 */
export async function activate(context: vscode.ExtensionContext): Promise<GreenAiApi> {
  const texts = await programTexts(vscode.Uri.joinPath(context.extensionUri, 'dist'), 'webExtension');
  const outer = (name: string): unknown => {
    if (name === 'vscode') return vscode;
    throw new Error(`the browser has no module ${name}`);
  };
  const extension: { activate(context: vscode.ExtensionContext): GreenAiApi } = Reflect.apply(
    new Function('outer', moduleScript(texts)),
    undefined,
    [outer],
  );
  return extension.activate(context);
}
