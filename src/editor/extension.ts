import { availableParallelism, freemem } from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type * as vscode from 'vscode';
import { detectMachine } from '../host/machine/detectMachine.ts';
import { workerCount } from '../host/workerCount.ts';
import type { WorkerStart } from '../host/workerProtocol.ts';
import { activateWith } from './activateWith.ts';
import type { GreenAiApi } from './api.ts';

/** Entry on the desktop and on a server: the engine runs in a thread of Node. */
export function activate(context: vscode.ExtensionContext): GreenAiApi {
  const dist = path.join(context.extensionPath, 'dist');
  return activateWith(context, {
    startEngine: (purpose) => {
      const workerData: WorkerStart = { grammarsFolder: path.join(dist, 'grammars'), purpose };
      return new Worker(path.join(dist, 'engineWorker.js'), { workerData });
    },
    // One core stays with whoever waits for the report.
    reportWorkers: workerCount({ cores: availableParallelism() - 1, free: freemem() }),
    localMachine: detectMachine(() => new Worker(path.join(dist, 'machineProbe.js'))),
  });
}
