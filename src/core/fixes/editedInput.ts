import type { AnalysisInput } from '../engine/analysis.ts';
import type { TextEdit } from '../engine/finding.ts';
import { LineIndex } from '../text/lineIndex.ts';
import { applyEdits } from './applyEdits.ts';

/** A file or notebook after edits, still as the input of an analysis; `undefined` when the edits overlap. */
export function editedInput(input: AnalysisInput, edits: readonly TextEdit[]): AnalysisInput | undefined {
  if (input.kind === 'file') {
    const text = editedText(input.text, edits);
    return text === undefined ? undefined : { ...input, text };
  }
  const cells: (typeof input.cells)[number][] = [];
  for (const [index, cell] of input.cells.entries()) {
    const text = editedText(
      cell.text,
      edits.filter((edit) => edit.cell === index),
    );
    if (text === undefined) return undefined;
    cells.push({ ...cell, text });
  }
  return { ...input, cells };
}

/** A text after edits that are given by lines, as editors do; `undefined` when they overlap. */
export function editedText(text: string, edits: readonly TextEdit[]): string | undefined {
  const lines = new LineIndex(text);
  return applyEdits(
    text,
    edits.map(({ range, newText }) => ({
      span: { start: lines.offset(range.start), end: lines.offset(range.end) },
      text: newText,
    })),
  );
}
