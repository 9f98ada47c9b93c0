// Bundles the matching test files and runs them with mocha: `npm run unit -- [path fragment …]`.

import { spawnSync } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { librariesPython } from './test/librariesPython.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const fragments = process.argv.slice(2);
const files = readdirSync(path.join(root, 'test'), { recursive: true })
  .map((name) => path.join('test', String(name)))
  .filter((name) => name.endsWith('.test.ts') && !name.startsWith(path.join('test', 'integration')))
  .filter((name) => fragments.length === 0 || fragments.some((fragment) => name.includes(fragment)));
if (files.length === 0) {
  console.error(`no test file matches ${fragments.join(' ')}`);
  process.exit(1);
}
const outdir = path.join(root, 'out', 'unit', String(process.pid));
await build({
  entryPoints: files.map((name) => path.join(root, name)),
  outdir,
  outbase: path.join(root, 'test'),
  outExtension: { '.js': '.cjs' },
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  sourcemap: 'inline',
  packages: 'external',
  logLevel: 'warning',
});
const mocha = path.join(root, 'node_modules', 'mocha', 'bin', 'mocha.js');
const reporter = path.join(root, 'scripts', 'test', 'countingReporter.cjs');
// The fixes that are run on both sides of their edit need torch, scikit-learn and pandas, which are too large to install for a test.
const runsFixes = files.some((name) => name.includes('behaviour'));
const python = runsFixes ? librariesPython() : undefined;
const env = { ...process.env, GREEN_AI_LIBRARIES_PYTHON: python ?? '' };
// Tests that cannot run for want of Python are pending; the reporter counts every other pending test as failed.
const mayPend = process.env.GREEN_AI_WITHOUT_PYTHON === '1' || (runsFixes && python === undefined);
const forbidPending = mayPend ? [] : ['--forbid-pending'];
const limits = ['--timeout', '120000', ...(process.env.CI ? ['--forbid-only', ...forbidPending] : [])];
const run = spawnSync(
  process.execPath,
  ['--enable-source-maps', mocha, '--recursive', outdir, '--extension', 'cjs', '--reporter', reporter, ...limits],
  { cwd: root, env, stdio: 'inherit' },
);
if (runsFixes && python === undefined) {
  console.log(
    'NOT RUN: safe fixes of Python before and after the edit, because no python3 has torch, scikit-learn and pandas',
  );
  console.log('         (Debian: apt-get install python3-torch python3-sklearn python3-pandas)');
}
rmSync(outdir, { recursive: true, force: true });
process.exit(run.status ?? 1);
