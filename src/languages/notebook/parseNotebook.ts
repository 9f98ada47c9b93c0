import type { NotebookCell } from '../../core/engine/analysis.ts';
import { type InstallCommand, installCommands } from './installCommands.ts';
import { jsonProblem } from './jsonProblem.ts';
import { cellsOf, isObject, type JsonObject, objectAt, sourceOf, stringAt } from './notebookJson.ts';
import { savedOutput } from './savedOutput.ts';

export interface ParsedNotebook {
  readonly kind: 'notebook';
  readonly cells: readonly NotebookCell[];
  readonly facts: NotebookFacts;
}

/** What a notebook says of where it runs and with which packages. */
export interface NotebookFacts {
  /** Kernel language, lower case; `python` where the file does not say. */
  readonly language: string;
  /** Colab's `accelerator` (`GPU`, `TPU`) or Kaggle's (`nvidiaTeslaT4`). */
  readonly accelerator?: string;
  /** Colab's `gpuType`: `T4`, `A100`, `L4`, … */
  readonly gpuType?: string;
  readonly installs: readonly InstallCommand[];
}

export interface NotebookFailure {
  readonly kind: 'notebook-failure';
  /** UTF-16 offset of the problem in the file. */
  readonly offset: number;
  readonly reason: string;
}

/** Reads an .ipynb file (nbformat 3 or 4). Wrong cells become empty ones of kind `other`, so that the numbering holds. */
export function parseNotebook(text: string): ParsedNotebook | NotebookFailure {
  const bom = text.startsWith('\uFEFF') ? 1 : 0;
  const json = text.slice(bom);
  if (json.trim() === '') return { kind: 'notebook', cells: [], facts: { language: 'python', installs: [] } };
  let root: unknown;
  try {
    root = JSON.parse(json);
  } catch (error) {
    const { offset, reason } = jsonProblem(json, error);
    return { kind: 'notebook-failure', offset: offset + bom, reason };
  }
  const cells = isObject(root) ? cellsOf(root) : undefined;
  if (!isObject(root) || cells === undefined) {
    return { kind: 'notebook-failure', offset: bom, reason: 'not a notebook: there is no list of cells' };
  }
  return readNotebook(root, cells);
}

function readNotebook(root: JsonObject, rawCells: readonly unknown[]): ParsedNotebook {
  const language = kernelLanguage(root);
  const cells = rawCells.map((cell) => readCell(cell, language));
  const metadata = objectAt(root, 'metadata');
  const accelerator = stringAt(metadata, 'accelerator') ?? stringAt(objectAt(metadata, 'kaggle'), 'accelerator');
  const gpuType = stringAt(objectAt(metadata, 'colab'), 'gpuType');
  return {
    kind: 'notebook',
    cells,
    facts: {
      language,
      ...(accelerator === undefined ? {} : { accelerator }),
      ...(gpuType === undefined ? {} : { gpuType }),
      installs: installCommands(cells),
    },
  };
}

function readCell(cell: unknown, kernel: string): NotebookCell {
  const isCode = stringAt(cell, 'cell_type') === 'code';
  const own = stringAt(objectAt(objectAt(cell, 'metadata'), 'vscode'), 'languageId') ?? stringAt(cell, 'language');
  const isPython = isCode && (own ?? kernel).toLowerCase() === 'python';
  const output = isPython ? savedOutput(cell) : undefined;
  return { language: isPython ? 'python' : 'other', text: sourceOf(cell), ...(output === undefined ? {} : { output }) };
}

function kernelLanguage(root: JsonObject): string {
  const metadata = objectAt(root, 'metadata');
  const kernel = objectAt(metadata, 'kernelspec');
  const named = stringAt(kernel, 'language') ?? stringAt(objectAt(metadata, 'language_info'), 'name');
  if (named !== undefined && named !== '') return named.toLowerCase() === 'ipython' ? 'python' : named.toLowerCase();
  const kernelName = stringAt(kernel, 'name')?.toLowerCase();
  return kernelName === undefined || kernelName === '' || isPythonKernel(kernelName) ? 'python' : kernelName;
}

/** Kernels are named after the environment when the user registers one; known other kernels are named after their language. */
function isPythonKernel(name: string): boolean {
  return !/^(ir|julia|bash|javascript|typescript|deno|tslab|scala|almond|spark|rust|evcxr|ruby|go|gophernotes|octave|\.net|java|ijava|sas|stata|sql|xcpp)/.test(
    name,
  );
}
