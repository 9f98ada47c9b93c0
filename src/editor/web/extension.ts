import * as vscode from 'vscode';
import { WebEngineWorker, type WebWorkerParts } from '../../host/web/webEngineWorker.ts';
import type { WebWorker } from '../../host/web/webWorkerScope.ts';
import { activateWith } from '../activateWith.ts';
import type { GreenAiApi } from '../api.ts';

declare const Worker: new (url: string) => WebWorker;

/** Entry in a browser: the engine runs in a web worker, and everything it needs is read through VS Code. */
export function activate(context: vscode.ExtensionContext): GreenAiApi {
  const dist = vscode.Uri.joinPath(context.extensionUri, 'dist');
  return activateWith(context, () => new WebEngineWorker(() => load(dist)));
}

async function load(dist: vscode.Uri): Promise<WebWorkerParts> {
  const read = (...steps: string[]): Thenable<Uint8Array> =>
    vscode.workspace.fs.readFile(vscode.Uri.joinPath(dist, ...steps));
  const [script, runtime, python, typescript, tsx] = await Promise.all([
    read('web', 'engineWorker.js'),
    read('grammars', 'web-tree-sitter.wasm'),
    read('grammars', 'tree-sitter-python.wasm'),
    read('grammars', 'tree-sitter-typescript.wasm'),
    read('grammars', 'tree-sitter-tsx.wasm'),
  ]);
  // The extension's files come from another origin than the page: a worker has to be made from the script's text.
  const url = URL.createObjectURL(new Blob([Uint8Array.from(script)], { type: 'text/javascript' }));
  return { worker: new Worker(url), binaries: { runtime, python, typescript, tsx } };
}
