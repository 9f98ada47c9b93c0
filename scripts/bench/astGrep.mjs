// The native ast-grep of npm, for comparison. Installed once into the cache folder: 30 MB that nothing else needs.

import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { cacheFolder } from '../lib/paths.mjs';
import { runNpm } from '../lib/runCommand.mjs';

const version = '0.51.1';
const packages = {
  'linux-x64': 'cli-linux-x64-gnu',
  'linux-arm64': 'cli-linux-arm64-gnu',
  'darwin-x64': 'cli-darwin-x64',
  'darwin-arm64': 'cli-darwin-arm64',
  'win32-x64': 'cli-win32-x64-msvc',
  'win32-arm64': 'cli-win32-arm64-msvc',
};

/** One simple pattern, a call of a name, in each language that Green AI reads. */
export const patternRules = ['Python', 'TypeScript', 'Tsx', 'JavaScript']
  .map((language) => JSON.stringify({ id: `call-${language}`, language, rule: { pattern: 'print($$$ARGS)' } }))
  .join('\n---\n');

/** Path of the program; `undefined` where npm has none for this machine or cannot be reached. */
export async function findAstGrep() {
  const name = packages[`${process.platform}-${process.arch}`];
  if (name === undefined) return undefined;
  const folder = path.join(cacheFolder, `ast-grep-${version}`);
  const program = path.join(
    folder,
    'node_modules',
    '@ast-grep',
    name,
    `ast-grep${process.platform === 'win32' ? '.exe' : ''}`,
  );
  if (existsSync(program)) return program;
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'package.json'), '{ "private": true }\n');
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  try {
    await runNpm(['install', ...flags, `@ast-grep/${name}@${version}`], 'check the network connection', {
      cwd: folder,
    });
  } catch {
    return undefined;
  }
  return existsSync(program) ? program : undefined;
}
