import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Worker } from 'node:worker_threads';
import { NodeFileSystem } from '../../src/host/nodeFileSystem.ts';
import { WorkerHost } from '../../src/host/workerHost.ts';
import type { WorkerStart } from '../../src/host/workerProtocol.ts';
import { WorkspaceLinks } from '../../src/host/workspace/workspaceLinks.ts';
import { benchSettings } from './benchSettings.ts';
import { pythonSource } from './pythonSource.ts';

const PACKAGES = 100;
const MODULES = 50;
const OPENED = 20;
const LINES = 120;

export interface WorkspaceMemory {
  readonly files: number;
  /** Megabytes of this process, whose worker has started and analysed one file. */
  readonly bare: number;
  /** With the facts across files of some opened documents. */
  readonly opened: number;
  /** After a run over every file, as a report makes it. */
  readonly whole: number;
}

/**
 * What the facts across the files of a large workspace take: packages of modules that import each other and the packages' common
 * one, each with a model. `most` as the editor bounds the summaries.
 */
export async function workspaceMemory(
  workerFile: string,
  grammarsFolder: string,
  most: number,
): Promise<WorkspaceMemory> {
  const root = mkdtempSync(path.join(tmpdir(), 'green-ai-memory-'));
  const files = writeWorkspace(root);
  const workerData: WorkerStart = { grammarsFolder, purpose: { kind: 'typing' } };
  const host = new WorkerHost({ start: () => new Worker(workerFile, { workerData }), onState: () => {} });
  try {
    const input = (file: string) =>
      ({ kind: 'file', path: file, language: 'python', text: pythonSource(LINES) }) as const;
    await host.analyze(input('a.py'), benchSettings);
    const bare = residentMegabytes();
    const display = (file: string): string => path.relative(root, file);
    const links = new WorkspaceLinks({
      fileSystem: new NodeFileSystem(),
      root,
      engine: host,
      display,
      mostSummaries: most,
    });
    const step = Math.floor(files.length / OPENED);
    for (let n = 0; n < files.length; n += step) await analyze(files[n] ?? '');
    const opened = residentMegabytes();
    await links.prepare(files);
    const whole = residentMegabytes();
    return { files: files.length, bare, opened, whole };

    async function analyze(file: string): Promise<void> {
      await host.analyze(input(display(file)), benchSettings, await links.factsFor(file));
    }
  } finally {
    host.dispose();
    rmSync(root, { recursive: true, force: true });
  }
}

function writeWorkspace(root: string): readonly string[] {
  const files: string[] = [];
  const write = (name: string, text: string): void => {
    const file = path.join(root, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
    files.push(file);
  };
  for (let pack = 0; pack < PACKAGES; pack++) {
    for (let module = 0; module < MODULES; module++) {
      const imports = [
        `from common${pack % 10} import shared`,
        `from .module${(module + 1) % MODULES} import describe_0`,
      ];
      write(`package${pack}/module${module}.py`, `${imports.join('\n')}\n${pythonSource(LINES)}`);
    }
  }
  for (let common = 0; common < 10; common++)
    write(`common${common}.py`, 'import torch\n\n\ndef shared(x):\n    return torch.relu(x)\n');
  return files;
}

function residentMegabytes(): number {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect === 'function') collect();
  return process.memoryUsage().rss / 1e6;
}
