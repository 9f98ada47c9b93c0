import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { rules } from '../../rules/registry.ts';
import { Analyzer } from '../core/engine/analyzer.ts';
import { Parsers } from '../core/syntax/parsers.ts';
import type { WorkerRequest, WorkerResponse, WorkerStart } from './workerProtocol.ts';

// The worker's entry: reads the grammars once and answers one request after the other.

const port = parentPort;
if (port === null) throw new Error('engineWorker runs as a worker only');
const start: WorkerStart = workerData;
const engine = createEngine(start.grammarsFolder);
port.on('message', (request: WorkerRequest) => {
  void answer(request).then((response) => port.postMessage(response));
});

interface LoadedEngine {
  readonly parsers: Parsers;
  readonly analyzer: Analyzer;
}

async function createEngine(folder: string): Promise<LoadedEngine> {
  const [runtime, python, typescript, tsx] = await Promise.all(
    ['web-tree-sitter', 'tree-sitter-python', 'tree-sitter-typescript', 'tree-sitter-tsx'].map((name) =>
      readFile(path.join(folder, `${name}.wasm`)),
    ),
  );
  if (!runtime || !python || !typescript || !tsx) throw new Error('grammars are missing');
  const parsers = await Parsers.create({ runtime, python, typescript, tsx });
  return { parsers, analyzer: new Analyzer({ parsers, rules }) };
}

async function answer({ id, ...task }: WorkerRequest): Promise<WorkerResponse> {
  // A failure to start rejects here and ends the worker: the host restarts it once and then says why it stopped.
  const { parsers, analyzer } = await engine;
  try {
    if (task.kind === 'libraries') return { id, libraries: analyzer.libraries };
    const { input } = task;
    await parsers.prepare(input.kind === 'file' ? input.language : 'python');
    const response: WorkerResponse =
      task.kind === 'analyze'
        ? { id, result: analyzer.analyze(input, task.settings, task.link) }
        : { id, summary: analyzer.summarize(input) };
    // A broken WebAssembly memory never recovers in this thread.
    if (parsers.isBroken) process.exit(1);
    return response;
  } catch (error) {
    return { id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
