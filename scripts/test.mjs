// `npm test`: everything, from a fresh clone. Goes on after a failure so that one run shows all; the last line is the sum.
// Node builtins only until the dependencies are installed.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findOrInstall } from './lib/debianPackage.mjs';
import { root } from './lib/paths.mjs';
import { mustRun, runCommand } from './lib/runCommand.mjs';
import { checkNode, installDependencies } from './lib/setUp.mjs';
import { printFailure, Steps } from './lib/steps.mjs';

const steps = new Steps(12);
const sum = { passed: 0, failed: 0, notRun: 0 };

try {
  await steps.run('Check Node', checkNode);
  await steps.run('Install dependencies', installDependencies);
  await check('Types', bin('typescript', 'bin', 'tsc'), ['--noEmit', '-p', '.']);
  await check('Types of the examples', bin('typescript', 'bin', 'tsc'), ['--noEmit', '-p', 'examples']);
  await check('Linter and formatter', bin('@biomejs', 'biome', 'bin', 'biome'), ['check', '--error-on-warnings', '.']);
  await check(
    'Generated files',
    path.join('scripts', 'generate.mjs'),
    ['--check'],
    'run "npm run generate" and commit what changes',
  );
  await check(
    'Grammars',
    path.join('scripts', 'grammars.mjs'),
    ['--check'],
    'run "node scripts/grammars.mjs" and commit what changes',
  );
  // Before the suites: some of them run the built command line.
  const isPacked = await check('Build and pack the extension', path.join('scripts', 'package.mjs'), []);
  await suites('Unit, rule, command line and differential suites', unitSuites);
  await integration(isPacked);
} catch (error) {
  // A step that others build on; it has been printed.
  sum.failed += 1;
  if (!error.isPrinted) {
    printFailure(error);
  }
}
console.log(sumText(sum));
process.exit(sum.failed === 0 && sum.passed > 0 ? 0 : 1);

function sumText({ passed, failed, notRun }) {
  return `${passed} passed, ${failed} failed${notRun > 0 ? `, ${notRun} not run` : ''}`;
}

/** A check counts only when it fails: the sum is about tests. Resolves to whether it held. */
async function check(title, script, args, advice = 'mend what is named above') {
  try {
    await steps.run(title, () => mustRun(process.execPath, [script, ...args], advice, { live: true }));
    return true;
  } catch {
    sum.failed += 1;
    return false;
  }
}

/** `run` resolves to {passed, failed, notRun?}; suites that cannot run count as one failure. */
async function suites(title, run) {
  try {
    const { passed, failed, notRun = 0 } = await steps.run(title, run);
    sum.passed += passed;
    sum.failed += failed;
    sum.notRun += notRun;
    console.log(`      ${sumText({ passed, failed, notRun })}`);
  } catch {
    sum.failed += 1;
  }
}

/** Comparisons with CPython need python3. Where it cannot be had they are left out, and that is said. */
async function withoutPython() {
  if ((await findOrInstall(['python3'], 'python3')) !== undefined) return {};
  console.log('      NOT RUN: the comparisons with CPython, because python3 is not on the PATH');
  return { GREEN_AI_WITHOUT_PYTHON: '1' };
}

async function unitSuites() {
  const folder = mkdtempSync(path.join(tmpdir(), 'green-ai-counts-'));
  const file = path.join(folder, 'counts.json');
  const env = { ...process.env, GREEN_AI_TEST_COUNTS: file, ...(await withoutPython()) };
  try {
    const { code } = await runCommand(process.execPath, [path.join('scripts', 'unit.mjs')], { live: true, env });
    const counts = JSON.parse(readFileSync(file, 'utf8'));
    return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The packed product is on disk now and the suites are bundled by the build behind it. */
async function integration(isPacked) {
  if (!isPacked) {
    sum.failed += 1;
    console.error('      The integration suites cannot run without the package.');
    return;
  }
  const { browserExtensionHost, integrationHost } = await import('./test/integration.mjs');
  const run = await integrationHost();
  await suites('Integration suites in VS Code, development folder', () => run('folder'));
  await suites('Integration suites in VS Code, packed extension', () => run('package'));
  await suites("Packed extension in the browser's extension host", browserExtensionHost);
}

function bin(...parts) {
  return path.join(root, 'node_modules', ...parts);
}
