import { componentScript, isComponent } from '../../languages/component/componentScript.ts';
import { openConvertedMagics } from '../../languages/notebook/convertedMagics.ts';
import { NotebookDocument } from '../../languages/notebook/notebookDocument.ts';
import type { Language } from '../ir/sourceModule.ts';
import { LineIndex } from '../text/lineIndex.ts';
import type { Range } from '../text/position.ts';
import { contains, type Span } from '../text/span.ts';
import type { AnalysisInput } from './analysis.ts';

/** Place of a span as hosts show it: inside a cell for a notebook. */
export interface PlacedRange {
  readonly cell?: number;
  readonly range: Range;
}

/** The text that is analysed, and the way back from its offsets to the file or the notebook's cells. */
export interface AnalysisDocument {
  readonly path: string;
  readonly language: Language;
  readonly text: string;
  readonly lines: LineIndex;
  /** Parts that are parsed each on its own: the cells of a notebook. */
  readonly parts: readonly Span[] | undefined;
  /** Parts that can be shown and not edited: code inside strings. */
  readonly readOnly?: readonly Span[];
  /** Names of functions that a component's template calls on events. */
  readonly handlers?: readonly string[];
  /** `undefined` when the span crosses cells: no cell can show or edit it. */
  place(span: Span): PlacedRange | undefined;
}

export function documentOf(input: AnalysisInput): AnalysisDocument {
  return input.kind === 'file' ? fileDocument(input) : notebookDocument(input);
}

/** The script of a Vue or Svelte component at its places; nothing can be shown or edited outside it. */
function componentDocument({ path, text: component }: AnalysisInput & { kind: 'file' }): AnalysisDocument {
  const { text, language, blocks, handlers } = componentScript(component);
  const lines = new LineIndex(text);
  return {
    path,
    language,
    text,
    lines,
    parts: undefined,
    handlers,
    place: (span) => (blocks.some((block) => contains(block, span)) ? { range: lines.range(span) } : undefined),
  };
}

function fileDocument(input: AnalysisInput & { kind: 'file' }): AnalysisDocument {
  const { path, language, text } = input;
  if (isComponent(path)) return componentDocument(input);
  const lines = new LineIndex(text);
  const converted = language === 'python' ? openConvertedMagics(text) : undefined;
  return {
    path,
    language,
    text: converted?.text ?? text,
    lines,
    parts: undefined,
    ...(converted ? { readOnly: converted.quoted } : {}),
    place: (span) => ({ range: lines.range(span) }),
  };
}

function notebookDocument({ path, cells }: AnalysisInput & { kind: 'notebook' }): AnalysisDocument {
  const notebook = new NotebookDocument(cells);
  const cellLines = new Map<number, LineIndex>();
  return {
    path,
    language: 'python',
    text: notebook.text,
    lines: new LineIndex(notebook.text),
    parts: notebook.segments,
    place(span) {
      const placed = notebook.cellSpan(span);
      if (!placed) return undefined;
      const lines = cellLines.get(placed.cell) ?? new LineIndex(cells[placed.cell]?.text ?? '');
      cellLines.set(placed.cell, lines);
      return { cell: placed.cell, range: lines.range(placed.span) };
    },
  };
}
