import { readFile } from 'node:fs/promises';
import { availableParallelism, freemem } from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { version } from '../../package.json';
import { rules } from '../../rules/registry.ts';
import { detectMachine } from '../host/machine/detectMachine.ts';
import { NodeFileSystem } from '../host/nodeFileSystem.ts';
import { builtinCatalogue } from '../host/project/builtinCatalogue.ts';
import { workerCount } from '../host/workerCount.ts';
import type { WorkerStart } from '../host/workerProtocol.ts';
import type { CliContext } from './cliContext.ts';
import { loadParsers } from './loadParsers.ts';
import { run } from './run.ts';

// The command line's entry: joins the commands with this process.

const context: CliContext = {
  stdout: (text) => void process.stdout.write(text),
  stderr: (text) => void process.stderr.write(text),
  readStdin,
  cwd: process.cwd().replaceAll('\\', '/'),
  useColour: usesColour(),
  loadParsers: () => loadParsers(path.join(__dirname, 'grammars')),
  rules,
  workers: {
    most: workerCount({ cores: availableParallelism(), free: freemem() }),
    start: (keepLowered) => {
      const workerData: WorkerStart = {
        grammarsFolder: path.join(__dirname, 'grammars'),
        purpose: { kind: 'run', keepLowered },
      };
      return new Worker(path.join(__dirname, 'engineWorker.js'), { workerData });
    },
  },
  ruleDocument: (id) => readFile(path.join(__dirname, 'rules', `${id}.md`), 'utf8').catch(() => undefined),
  profiles: { ...builtinCatalogue, local: detectMachine(() => new Worker(path.join(__dirname, 'machineProbe.js'))) },
  fileSystem: new NodeFileSystem(),
  version,
  now: () => new Date(),
};

// A reader that has seen enough (`green-ai check | head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(process.exitCode ?? 0);
  throw error;
});

run(process.argv.slice(2), context).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`green-ai: internal error: ${error instanceof Error ? error.stack : String(error)}\n`);
    process.exitCode = 2;
  },
);

async function readStdin(): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

/** https://no-color.org: any value that is not empty turns colours off. FORCE_COLOR turns them on for logs that show them. */
function usesColour(): boolean {
  if (process.env['NO_COLOR']) return false;
  const forced = process.env['FORCE_COLOR'];
  return forced === undefined || forced === '' ? process.stdout.isTTY === true : forced !== '0';
}
