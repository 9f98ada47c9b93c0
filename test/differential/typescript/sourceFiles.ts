import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { languageOf } from '../../../src/languages/languageOf.ts';

const largestFile = 200_000;

/** Files to compare: some hundreds of the project and its packages, always the same ones, or all files of a folder. */
export function sourceFiles(folder: string | undefined): readonly string[] {
  if (folder !== undefined) return filesUnder(folder, true);
  const packages = filesUnder('node_modules', false);
  const isTypeScript = (file: string): boolean => /\.[mc]?tsx?$/.test(file);
  return [
    ...everyNth(filesUnder('src', true), 2),
    ...everyNth(packages.filter(isTypeScript), 6),
    ...everyNth(
      packages.filter((file) => !isTypeScript(file)),
      24,
    ),
  ];
}

export function readSource(file: string): string {
  return readFileSync(file, 'utf8');
}

function filesUnder(folder: string, skipsPackages: boolean): readonly string[] {
  const files: string[] = [];
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) {
      const isSkipped = entry.name === '.git' || (skipsPackages && entry.name === 'node_modules');
      if (!isSkipped) files.push(...filesUnder(file, skipsPackages));
    } else if (entry.isFile() && isSource(file)) files.push(file);
  }
  return files.sort();
}

function isSource(file: string): boolean {
  const language = languageOf(file);
  return language !== undefined && language !== 'python' && statSync(file).size < largestFile;
}

function everyNth(files: readonly string[], step: number): readonly string[] {
  return files.filter((_, index) => index % step === 0);
}
