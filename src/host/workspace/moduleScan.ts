import type { AnalysisInput } from '../../core/engine/analysis.ts';
import type { Relevance } from '../../core/engine/relevance.ts';
import { fileInput } from '../../languages/fileInput.ts';
import { notebookInput } from '../../languages/notebook/notebookInput.ts';
import { parseNotebook } from '../../languages/notebook/parseNotebook.ts';
import { scanImports } from './importScan.ts';

/** What a text search says of one file. */
export interface ModuleScan {
  /** Names a library that a rule knows. */
  readonly isRelevant: boolean;
  readonly specifiers: readonly string[];
}

export function scanModule(input: AnalysisInput, relevance: Relevance): ModuleScan {
  const language = input.kind === 'file' ? input.language : 'python';
  const text =
    input.kind === 'file'
      ? input.text
      : input.cells.map((cell) => (cell.language === 'python' ? cell.text : '')).join('\n');
  return { isRelevant: relevance.isRelevant(language, text), specifiers: copies(scanImports(language, text)) };
}

/** A part that was cut out of a text keeps the whole text in memory, and scans are kept of every file. */
function copies(parts: readonly string[]): readonly string[] {
  return JSON.parse(JSON.stringify(parts)) as string[];
}

/** A file's text as the engine takes it; `undefined` for a broken notebook. */
export function moduleInput(path: string, text: string): AnalysisInput | undefined {
  if (!path.toLowerCase().endsWith('.ipynb')) return fileInput(path, text);
  const notebook = parseNotebook(text);
  return notebook.kind === 'notebook' ? notebookInput(path, notebook) : undefined;
}
