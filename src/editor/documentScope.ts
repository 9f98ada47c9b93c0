import type { NotebookCell, TextDocument, Uri } from 'vscode';
import type { Language } from '../core/ir/sourceModule.ts';
import { isComponent } from '../languages/component/componentScript.ts';

/** Larger texts are skipped with a note: nobody writes them by hand, and parsing them costs memory that never shrinks. */
export const MAX_BYTES = 2 * 1024 * 1024;

/** A report reads this many files at most: beyond it the command line is the better tool. */
export const MAX_FILES = 5000;

/** Schemes of texts that a person edits. Everything else (`git:`, `output:`, chat and diff views) stays quiet. */
const EDITED_SCHEMES: ReadonlySet<string> = new Set([
  'file',
  'untitled',
  'vscode-remote',
  'vscode-vfs',
  'vscode-notebook-cell',
]);

const LIBRARY_FOLDER =
  /(^|\/)(node_modules|bower_components|site-packages|dist-packages|\.venv|venv|\.tox|\.nox|__pypackages__)\//;

const LANGUAGES: Readonly<Record<string, Language>> = {
  python: 'python',
  typescript: 'typescript',
  typescriptreact: 'tsx',
  javascript: 'javascript',
  javascriptreact: 'javascript',
  // The script inside says which of the languages it is (`componentScript`).
  vue: 'javascript',
  svelte: 'javascript',
};

/** Files that the user works on, not the libraries below the project. */
export function isUserText(uri: Pick<Uri, 'scheme' | 'path'>): boolean {
  return EDITED_SCHEMES.has(uri.scheme) && !LIBRARY_FOLDER.test(uri.path);
}

/** The engine's language of a document by its editor language; undefined for languages and type declarations we leave alone. */
export function documentLanguage(document: Pick<TextDocument, 'languageId' | 'uri'>): Language | undefined {
  if (/\.d\.[mc]?ts$/.test(document.uri.path)) return undefined;
  // Without its name a component would be read as plain JavaScript.
  if (/^(vue|svelte)$/.test(document.languageId) && !isComponent(document.uri.path)) return undefined;
  return LANGUAGES[document.languageId];
}

/** `other` keeps the numbering of cells that are not analysed. */
export function cellLanguage(cell: Pick<NotebookCell, 'document'>): 'python' | 'other' {
  return cell.document.languageId === 'python' ? 'python' : 'other';
}

export function isTooLarge(text: string): boolean {
  if (text.length > MAX_BYTES) return true;
  return text.length * 3 > MAX_BYTES && new TextEncoder().encode(text).length > MAX_BYTES;
}
