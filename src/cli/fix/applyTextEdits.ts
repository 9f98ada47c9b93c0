import type { AnalysisInput } from '../../core/engine/analysis.ts';
import type { TextEdit } from '../../core/engine/finding.ts';
import { editedText } from '../../core/fixes/editedInput.ts';
import { applyCellEdits } from '../../languages/notebook/applyCellEdits.ts';

/** The file's text after the edits of a fix, in a notebook inside its cells; `undefined` when they do not fit together. */
export function applyTextEdits(text: string, input: AnalysisInput, edits: readonly TextEdit[]): string | undefined {
  if (input.kind === 'notebook') {
    const edited = applyCellEdits(text, edits);
    return edited.kind === 'edited' ? edited.text : undefined;
  }
  return editedText(text, edits);
}
