import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type * as vscode from 'vscode';
import { detectMachine } from '../host/machine/detectMachine.ts';
import type { WorkerStart } from '../host/workerProtocol.ts';
import { activateWith } from './activateWith.ts';
import type { GreenAiApi } from './api.ts';

/** Entry on the desktop and on a server: the engine runs in a thread of Node. */
export function activate(context: vscode.ExtensionContext): GreenAiApi {
  const dist = path.join(context.extensionPath, 'dist');
  const workerData: WorkerStart = { grammarsFolder: path.join(dist, 'grammars') };
  return activateWith(context, {
    startEngine: () => new Worker(path.join(dist, 'engineWorker.js'), { workerData }),
    localMachine: detectMachine(() => new Worker(path.join(dist, 'machineProbe.js'))),
  });
}
