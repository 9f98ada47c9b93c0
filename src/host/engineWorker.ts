import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import type { ParserBinaries } from '../core/syntax/parsers.ts';
import { serveEngine } from './serveEngine.ts';
import type { WorkerStart } from './workerProtocol.ts';

// The worker's entry in Node.

const port = parentPort;
if (port === null) throw new Error('engineWorker runs as a worker only');
const { grammarsFolder, purpose }: WorkerStart = workerData;
const start = readGrammars(grammarsFolder).then((binaries) => ({ binaries, purpose }));
serveEngine(start, {
  onRequest: (listener) => {
    port.on('message', listener);
  },
  respond: (response) => port.postMessage(response),
  end: (reason) => {
    console.error(reason);
    process.exit(1);
  },
});

async function readGrammars(folder: string): Promise<ParserBinaries> {
  const [runtime, python, typescript, tsx] = await Promise.all(
    ['web-tree-sitter', 'tree-sitter-python', 'tree-sitter-typescript', 'tree-sitter-tsx'].map((name) =>
      readFile(path.join(folder, `${name}.wasm`)),
    ),
  );
  if (!runtime || !python || !typescript || !tsx) throw new Error('grammars are missing');
  return { runtime, python, typescript, tsx };
}
