import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Language } from '../../../src/core/ir/sourceModule.ts';
import { languageOf } from '../../../src/languages/languageOf.ts';

/** Longer files are cut at a line: many short sessions find more than few long ones. */
const MOST_CHARACTERS = 9_000;
const FEWEST_CHARACTERS = 600;

export interface RealFile {
  readonly path: string;
  readonly language: Language;
  readonly text: string;
}

/** Files to edit: the standard library of Python where there is one, sources of the packages, the examples; or those of a folder. */
export function realFiles(folder: string | undefined): readonly RealFile[] {
  const folders = folder === undefined ? ['examples', 'node_modules', ...standardLibrary()] : [folder];
  return folders.flatMap((root) => everyFew(filesUnder(root), 400)).flatMap(readRealFile);
}

/** Code that uses the libraries which rules know: the examples in the rules' documents. */
export function ruleExamples(language: 'python' | 'typescript'): readonly string[] {
  const fence =
    language === 'python'
      ? /```python[^\n]*\n([\s\S]*?)```/g
      : /```(?:ts|tsx|typescript|js|javascript)\b[^\n]*\n([\s\S]*?)```/g;
  return readdirSync('rules').flatMap((rule) => {
    const document = path.join('rules', rule, 'rule.md');
    if (!existsSync(document)) return [];
    return [...readFileSync(document, 'utf8').matchAll(fence)].flatMap(([, code]) => code ?? []);
  });
}

function standardLibrary(): readonly string[] {
  const run = spawnSync('python3', ['-c', 'import sysconfig; print(sysconfig.get_paths()["stdlib"])'], {
    encoding: 'utf8',
  });
  return run.status === 0 ? [run.stdout.trim()] : [];
}

function readRealFile(file: string): readonly RealFile[] {
  const language = languageOf(file);
  if (language === undefined) return [];
  const text = readFileSync(file, 'utf8');
  if (text.length < FEWEST_CHARACTERS) return [];
  const end = text.length <= MOST_CHARACTERS ? text.length : text.lastIndexOf('\n', MOST_CHARACTERS) + 1;
  return end < FEWEST_CHARACTERS ? [] : [{ path: path.relative('.', file), language, text: text.slice(0, end) }];
}

function filesUnder(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && languageOf(entry.name) !== undefined && !entry.name.includes('.min.'))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
}

function everyFew<Item>(items: readonly Item[], most: number): readonly Item[] {
  const step = Math.max(1, Math.floor(items.length / most));
  return items.filter((_, index) => index % step === 0);
}
