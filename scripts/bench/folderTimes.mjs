// Wall times of whole-folder runs, in turn and in one go, so that they can be compared: the command line with all its
// workers, with none, and ast-grep looking for one pattern in the same files.

import path from 'node:path';
import { root } from '../lib/paths.mjs';
import { runCommand } from '../lib/runCommand.mjs';
import { findAstGrep, patternRules } from './astGrep.mjs';

const rounds = 3;

/** Seconds per program, the best of a few rounds each; `astGrep` is undefined where the machine has none. */
export async function folderTimes(folder) {
  const cli = path.join(root, 'dist', 'cli.js');
  const check = (...more) => [process.execPath, [cli, 'check', '.', '--format', 'json', '--exit-zero', ...more]];
  const astGrep = await findAstGrep();
  const programs = {
    workers: check(),
    oneThread: check('--jobs', '1'),
    ...(astGrep === undefined
      ? {}
      : { astGrep: [astGrep, ['scan', '--inline-rules', patternRules, '--json=compact', '.']] }),
  };
  const seconds = {};
  let files = 0;
  for (let round = 0; round < rounds; round++) {
    for (const [name, [program, args]] of Object.entries(programs)) {
      const started = performance.now();
      const { code, output } = await runCommand(program, args, { cwd: folder });
      const took = (performance.now() - started) / 1000;
      if (code !== 0) throw new Error(`${program} ended with code ${code}: ${output.slice(-400)}`);
      seconds[name] = Math.min(seconds[name] ?? took, took);
      if (name === 'workers') files = analysedFiles(output);
    }
  }
  return { files, seconds };
}

/** Notes on standard error stand before the JSON. */
function analysedFiles(output) {
  return Number(/"files": (\d+)/.exec(output)?.[1] ?? 0);
}
