import type { Language } from '../core/ir/sourceModule.ts';

const languages: ReadonlyMap<string, Language> = new Map<string, Language>([
  ['py', 'python'],
  ['ts', 'typescript'],
  ['mts', 'typescript'],
  ['cts', 'typescript'],
  ['tsx', 'tsx'],
  ['js', 'javascript'],
  ['mjs', 'javascript'],
  ['cjs', 'javascript'],
  ['jsx', 'javascript'],
  // Components: the script inside says which of the languages it is (`fileInput`).
  ['vue', 'javascript'],
  ['svelte', 'javascript'],
]);

/** Language of a file by its name; undefined for files we do not analyse and for type declarations, which run nothing. */
export function languageOf(path: string): Language | undefined {
  const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1).toLowerCase();
  if (/\.d(\.[^.]+)?\.[mc]?ts$/.test(name)) return undefined;
  const dot = name.lastIndexOf('.');
  return dot > 0 ? languages.get(name.slice(dot + 1)) : undefined;
}
