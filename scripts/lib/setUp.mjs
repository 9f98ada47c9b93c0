// What a fresh clone needs before anything else can run. Node builtins only.

import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './paths.mjs';
import { runNpm } from './runCommand.mjs';
import { StepError } from './stepError.mjs';

const lowestNode = 20;

export function checkNode() {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < lowestNode) {
    throw new StepError(
      `Node ${process.versions.node} is too old: Green AI needs Node ${lowestNode} or newer`,
      'install a current Node (https://nodejs.org) and run the command again',
    );
  }
  return `Node ${process.versions.node}`;
}

/** Installs the locked dependencies unless exactly those are installed already. Resolves to whether it installed. */
export async function installDependencies() {
  if (dependenciesMatchLock()) {
    return false;
  }
  await runNpm(
    ['ci', '--no-audit', '--no-fund'],
    'check the network connection (and proxy settings of npm), then run the command again',
  );
  return true;
}

/**
 * npm writes what it installed to node_modules/.package-lock.json; comparing that with the lock file is exact
 * and survives `npm install`, copies and clock changes, unlike time stamps or a marker of our own.
 */
function dependenciesMatchLock() {
  const installedFile = path.join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(installedFile)) {
    return false;
  }
  const locked = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')).packages;
  const installed = JSON.parse(readFileSync(installedFile, 'utf8')).packages;
  return Object.entries(locked).every(([name, entry]) => {
    if (name === '') {
      return true;
    }
    const found = installed[name];
    return found === undefined ? entry.optional === true : found.version === entry.version;
  });
}
