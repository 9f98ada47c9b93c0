import type { AnalysisInput } from '../../core/engine/analysis.ts';
import { LineIndex } from '../../core/text/lineIndex.ts';
import { fileInput } from '../../languages/fileInput.ts';
import { notebookInput } from '../../languages/notebook/notebookInput.ts';
import { parseNotebook } from '../../languages/notebook/parseNotebook.ts';
import { decodeSource, type SourceText } from '../files/sourceText.ts';

/** A file as the engine takes it. */
interface ReadInput {
  readonly input: AnalysisInput;
  readonly source: SourceText;
}

interface InputFailure {
  readonly kind: 'unreadable' | 'invalid-notebook';
  readonly message: string;
}

/** Turns a file's bytes into the engine's input; `path` is what findings name and decides the language. */
export function readInput(bytes: Uint8Array, path: string): ReadInput | InputFailure {
  const source = decodeSource(bytes, path);
  if ('failure' in source) return { kind: 'unreadable', message: source.failure };
  return inputOf(source, path);
}

/** The same for a text that is decoded already, such as one that fixes have changed. */
export function inputOf(source: SourceText, path: string): ReadInput | InputFailure {
  const { text } = source;
  if (!path.toLowerCase().endsWith('.ipynb')) {
    const input = fileInput(path, text);
    if (!input) return { kind: 'unreadable', message: 'is no Python, TypeScript or JavaScript file and no notebook' };
    return { input, source };
  }
  const notebook = parseNotebook(text);
  if (notebook.kind === 'notebook') return { input: notebookInput(path, notebook), source };
  const { line, character } = new LineIndex(text).position(notebook.offset);
  return { kind: 'invalid-notebook', message: `${notebook.reason} (line ${line + 1}, column ${character + 1})` };
}
