import type { FindingFix, TextEdit } from '../../../src/core/engine/finding.ts';
import { editedText } from '../../../src/core/fixes/editedInput.ts';
import { splitCells } from './analyseExample.ts';

/** Text of an example after a fix. A notebook's cells are joined by their marks again. */
export function applyFix(text: string, fix: FindingFix, isNotebook: boolean): string {
  if (!isNotebook) return apply(text, fix.edits);
  const marks = text.match(/^# %%.*\n/gm) ?? [];
  return splitCells(text)
    .map(
      (cell, index) =>
        (marks[index] ?? '') +
        apply(
          cell,
          fix.edits.filter((edit) => edit.cell === index),
        ),
    )
    .join('');
}

function apply(text: string, edits: readonly TextEdit[]): string {
  const result = editedText(text, edits);
  if (result === undefined) throw new Error(`edits overlap: ${JSON.stringify(edits)}`);
  return result;
}
