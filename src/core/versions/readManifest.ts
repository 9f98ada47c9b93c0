import type { BrokenManifest, Manifest } from './declaration.ts';
import { condaEnvironment } from './manifests/condaEnvironment.ts';
import { packageLock, pnpmLock, yarnLock } from './manifests/npmLocks.ts';
import { packageJson } from './manifests/packageJson.ts';
import { pipfile, pipfileLock } from './manifests/pipfile.ts';
import { pyprojectToml } from './manifests/pyprojectToml.ts';
import { requirementsTxt } from './manifests/requirementsTxt.ts';
import { setupCfg } from './manifests/setupCfg.ts';
import { setupPy } from './manifests/setupPy.ts';
import { tomlLock } from './manifests/tomlLock.ts';

export type Ecosystem = 'python' | 'npm';

type Parse = (text: string, folder: string) => Manifest;

/** In the order in which files of one folder are believed. */
const PARSERS: readonly (readonly [Ecosystem, RegExp, Parse])[] = [
  ['python', /^requirements\.txt$/i, requirementsTxt],
  ['python', /^pyproject\.toml$/, pyprojectToml],
  ['python', /^Pipfile$/, pipfile],
  ['python', /^setup\.cfg$/, setupCfg],
  ['python', /^setup\.py$/, setupPy],
  ['python', /^environment\.ya?ml$/, condaEnvironment],
  ['python', /^(?:.*[-_.])?requirements.*\.txt$/i, requirementsTxt],
  ['python', /^(?:uv|poetry|pdm)\.lock$/, tomlLock],
  ['python', /^Pipfile\.lock$/, pipfileLock],
  ['npm', /^package\.json$/, packageJson],
  ['npm', /^(?:package-lock|npm-shrinkwrap)\.json$/, packageLock],
  ['npm', /^pnpm-lock\.yaml$/, pnpmLock],
  ['npm', /^yarn\.lock$/, yarnLock],
];

/** Position of a file name in the order of belief; `undefined` when it is no manifest of the ecosystem. */
export function manifestRank(name: string, ecosystem: Ecosystem): number | undefined {
  const rank = PARSERS.findIndex(([owner, pattern]) => owner === ecosystem && pattern.test(name));
  return rank < 0 ? undefined : rank;
}

/**
 * Reads a manifest or lock file by its name. `folder` is the folder of the package it is read for, relative to the file
 * and '' for its own: lock files of workspaces hold several packages. A file pulled in by `-r` counts as requirements.
 */
export function readManifest(name: string, text: string, folder: string): Manifest | BrokenManifest {
  const parse = PARSERS.find(([, pattern]) => pattern.test(name))?.[2] ?? requirementsTxt;
  try {
    return parse(text.replace(/^\uFEFF/, ''), folder);
  } catch (error) {
    return broken(error);
  }
}

function broken(error: unknown): BrokenManifest {
  const message = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
  if (typeof error !== 'object' || error === null) return { error: message };
  if ('line' in error && 'column' in error && typeof error.line === 'number' && typeof error.column === 'number') {
    return { error: message, line: error.line, column: error.column };
  }
  if ('linePos' in error && Array.isArray(error.linePos)) {
    const [start]: unknown[] = error.linePos;
    if (typeof start === 'object' && start !== null && 'line' in start && 'col' in start) {
      return { error: message, line: Number(start.line), column: Number(start.col) };
    }
  }
  return { error: message };
}
