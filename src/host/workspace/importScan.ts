import type { Language } from '../../core/ir/sourceModule.ts';

const PYTHON_IMPORT =
  /^[ \t]*(?:from[ \t]+(\.*[^\s.]?[^\s]*)[ \t]+import[ \t]*(\([^)]*\)|(?:\\\r?\n|[^\n#;])+)|import[ \t]+((?:\\\r?\n|[^\n#;])+))/gm;
const PYTHON_DYNAMIC = /\b(?:import_module|__import__)\(\s*['"]([\w.]+)['"]/g;
const JAVASCRIPT_IMPORT = /\b(?:from|import|require)\s*\(?\s*(['"])([^'"\n]+)\1/g;

/**
 * Module specifiers of a file by a text search: cheap enough for every file of a workspace, and right often enough to decide which
 * files are worth a parse. Strings and comments that look like imports only cost that parse.
 */
export function scanImports(language: Language, text: string): readonly string[] {
  const found = new Set<string>();
  if (language !== 'python') {
    for (const match of text.matchAll(JAVASCRIPT_IMPORT)) if (match[2]) found.add(match[2]);
    return [...found];
  }
  for (const [, from, names, modules] of text.matchAll(PYTHON_IMPORT)) {
    if (from !== undefined) addFrom(from, names ?? '', found);
    else for (const module of localNames(modules ?? '')) found.add(module);
  }
  for (const match of text.matchAll(PYTHON_DYNAMIC)) if (match[1]) found.add(match[1]);
  return [...found];
}

/** `from app import utils` may name the module `app.utils`. */
function addFrom(module: string, names: string, found: Set<string>): void {
  found.add(module);
  for (const name of localNames(names))
    if (name !== '*') found.add(module.endsWith('.') ? module + name : `${module}.${name}`);
}

/** `a as b, c  # why` → `a`, `c`. */
function localNames(text: string): readonly string[] {
  return text
    .replace(/#[^\n]*/g, '')
    .replace(/[()\\]/g, ' ')
    .split(',')
    .map((part) => part.trim().split(/\s/)[0] ?? '')
    .filter((name) => name !== '');
}
