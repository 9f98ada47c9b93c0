import * as vscode from 'vscode';
import { noMachine } from '../../host/machine/detectMachine.ts';
import { workerScript } from '../../host/web/moduleScript.ts';
import { WebEngineWorker, type WebWorkerParts } from '../../host/web/webEngineWorker.ts';
import type { WebWorker } from '../../host/web/webWorkerScope.ts';
import { workerCount } from '../../host/workerCount.ts';
import { activateWith } from '../activateWith.ts';
import type { GreenAiApi } from '../api.ts';
import { programTexts } from './programTexts.ts';

/** A browser does not say; tabs share what a small machine has. */
const FREE_BYTES = 1.2e9;

declare const navigator: { readonly hardwareConcurrency: number };
declare const Worker: new (url: string) => WebWorker;

/** Entry in a browser: the engine runs in a web worker, and everything it needs is read through VS Code. */
export function activate(context: vscode.ExtensionContext): GreenAiApi {
  const dist = vscode.Uri.joinPath(context.extensionUri, 'dist');
  return activateWith(context, {
    startEngine: (purpose) => new WebEngineWorker(() => load(dist), purpose),
    reportWorkers: workerCount({ cores: navigator.hardwareConcurrency - 1, free: FREE_BYTES }),
    localMachine: noMachine('a browser does not tell the hardware'),
  });
}

async function load(dist: vscode.Uri): Promise<WebWorkerParts> {
  const grammar = (name: string): Thenable<Uint8Array> =>
    vscode.workspace.fs.readFile(vscode.Uri.joinPath(dist, 'grammars', `${name}.wasm`));
  const [texts, runtime, python, typescript, tsx] = await Promise.all([
    programTexts(dist, 'webEngineWorker'),
    grammar('web-tree-sitter'),
    grammar('tree-sitter-python'),
    grammar('tree-sitter-typescript'),
    grammar('tree-sitter-tsx'),
  ]);
  // The extension's files come from another origin than the page: a worker has to be made from the script's text.
  const url = URL.createObjectURL(new Blob([workerScript(texts)], { type: 'text/javascript' }));
  return { worker: new Worker(url), binaries: { runtime, python, typescript, tsx } };
}
