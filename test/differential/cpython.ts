import { spawnSync } from 'node:child_process';
import path from 'node:path';

/** Another folder to compare instead of the standard library; how much there is to compare is then not checked. */
export const folder = process.env['GREEN_AI_DIFF_DIR'];

/** Runs one of this folder's scripts, which print one JSON object per Python file, over some hundreds of real files. */
export function cpythonFacts<Facts>(script: string, files: number): readonly Facts[] {
  const most = folder === undefined ? [String(files)] : [String(Number.MAX_SAFE_INTEGER), path.resolve(folder)];
  const argv = [path.resolve('test/differential', script), ...most];
  const run = spawnSync('python3', argv, { encoding: 'utf8', maxBuffer: 2 ** 30 });
  if (run.error !== undefined || run.status !== 0) {
    const reason = run.error?.message ?? run.stderr;
    throw new Error(
      `python3 is needed to compare the Python front end with CPython (${reason.trim()}); install it, or set GREEN_AI_WITHOUT_PYTHON=1 to have it reported as not run`,
    );
  }
  return run.stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line): Facts => JSON.parse(line));
}
