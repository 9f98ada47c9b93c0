// `npm run bench`: times and sizes of the built product, in one run so that they can be compared with each other.
// Ratios (analyse / parse, fresh / edit) travel between machines; milliseconds do not.
// `npm run bench -- --folder <path>` times the run over that folder in place of one with sources that every machine has.

import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { folderTimes } from './bench/folderTimes.mjs';
import { sampleFolder } from './bench/sampleFolder.mjs';
import { root, vsixFile } from './lib/paths.mjs';
import { mustRun } from './lib/runCommand.mjs';
import { installDependencies } from './lib/setUp.mjs';
import { printFailure } from './lib/steps.mjs';

const out = path.join(root, 'out', 'bench');
const require = createRequire(import.meta.url);
const {
  values: { folder: givenFolder },
} = parseArgs({ options: { folder: { type: 'string' } } });

try {
  await installDependencies();
  await mustRun(process.execPath, [path.join('scripts', 'package.mjs')], 'mend the error above');
  await bundleBench();
  const { measure } = require(path.join(out, 'measurements.js'));
  const { workspaceMemory } = require(path.join(out, 'workspaceMemory.js'));
  const dist = path.join(root, 'dist');
  const bench = await measure(path.join(dist, 'engineWorker.js'), path.join(dist, 'grammars'), (text) =>
    console.error(`measuring ${text} ...`),
  );
  print(bench);
  console.error('measuring memory of a workspace of 5,000 files ...');
  printWorkspaceMemory(await workspaceMemory(path.join(dist, 'engineWorker.js'), path.join(dist, 'grammars'), 1500));
  await compareFolder();
  console.error('measuring activation in VS Code ...');
  console.log(`\nActivation in VS Code: ${await activationTime()}`);
  console.log(`Package: ${(statSync(vsixFile).size / 1e6).toFixed(2)} MB`);
} catch (error) {
  printFailure(error);
  process.exit(1);
}

async function bundleBench() {
  const { build } = await import('esbuild');
  await build({
    entryPoints: ['measurements.ts', 'activation.ts', 'workspaceMemory.ts'].map((name) =>
      path.join(root, 'test', 'bench', name),
    ),
    outdir: out,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    mainFields: ['module', 'main'],
    external: ['vscode'],
    logLevel: 'warning',
  });
}

function print({ sizes, edits, memory }) {
  console.log(`Node ${process.versions.node}, ${cpus().length} x ${cpus()[0]?.model ?? 'unknown processor'}`);
  console.log('\nFile size (medians, warm)      parse ms   analyse ms   analyse/parse   lines/s   findings');
  for (const { language, lines, parse, analyse, findings } of sizes) {
    const cells = [
      `${language} ${lines.toLocaleString('en')} lines`.padEnd(28),
      parse.toFixed(1).padStart(10),
      analyse.toFixed(1).padStart(12),
      (analyse / parse).toFixed(2).padStart(15),
      Math.round(lines / (analyse / 1000))
        .toLocaleString('en')
        .padStart(11),
      String(findings).padStart(10),
    ];
    console.log(cells.join(''));
  }
  console.log('\nEdit to findings through the worker   median ms   95 % within   fresh ms   fresh/95 %');
  for (const { language, lines, median, p95, fresh } of edits) {
    const cells = [
      `${language} ${lines.toLocaleString('en')} lines`.padEnd(36),
      median.toFixed(1).padStart(10),
      p95.toFixed(1).padStart(14),
      fresh.toFixed(1).padStart(11),
      (fresh / p95).toFixed(1).padStart(13),
    ];
    console.log(cells.join(''));
  }
  const growth = memory.after - memory.before;
  console.log(
    `\nMemory (resident, worker included): ${memory.before.toFixed(0)} MB warm, ${memory.after.toFixed(0)} MB after 2,000 analyses (${growth >= 0 ? '+' : ''}${growth.toFixed(0)} MB)`,
  );
}

function printWorkspaceMemory({ files, bare, opened, whole }) {
  const added = (megabytes) => `+${(megabytes - bare).toFixed(0)} MB`;
  console.log(
    `Memory of a workspace of ${files.toLocaleString('en')} files over a bare worker (${bare.toFixed(0)} MB): ${added(opened)} with 20 documents, ${added(whole)} after a run over all`,
  );
}

async function compareFolder() {
  const folder = givenFolder === undefined ? await sampleFolder() : path.resolve(givenFolder);
  console.error(`measuring runs over ${folder} ...`);
  try {
    const { files, seconds } = await folderTimes(folder);
    console.log(`\nA run over a folder with ${files.toLocaleString('en')} files (best of three)`);
    console.log(`green-ai check               ${seconds.workers.toFixed(1)} s`);
    console.log(`green-ai check --jobs 1      ${seconds.oneThread.toFixed(1)} s`);
    if (seconds.astGrep === undefined)
      console.log('ast-grep                     not measured: npm has it not for this machine, or cannot be reached');
    else {
      const ratio = (seconds.workers / seconds.astGrep).toFixed(1);
      console.log(
        `ast-grep, one pattern        ${seconds.astGrep.toFixed(1)} s (green-ai takes ${ratio} times as long)`,
      );
    }
  } finally {
    if (givenFolder === undefined) rmSync(folder, { recursive: true, force: true });
  }
}

async function activationTime() {
  const { launch } = await import('./host/launch.mjs');
  const workspace = mkdtempSync(path.join(tmpdir(), 'green-ai-bench-'));
  try {
    const { code, output } = await launch({ vsix: vsixFile, workspace, tests: path.join(out, 'activation') });
    const [, time] = /activation: (\d+ ms)/.exec(output) ?? [];
    return code === 0 && time !== undefined ? time : 'not measured (the suite failed)';
  } finally {
    rmSync(workspace, { recursive: true, force: true });
  }
}
