import type { AnalysisInput } from '../../core/engine/analysis.ts';
import type { TextEdit } from '../../core/engine/finding.ts';
import { applyEdits } from '../../core/fixes/applyEdits.ts';
import { LineIndex } from '../../core/text/lineIndex.ts';
import { applyCellEdits } from '../../languages/notebook/applyCellEdits.ts';

/** The file's text after the edits of a fix, in a notebook inside its cells; `undefined` when they do not fit together. */
export function applyTextEdits(text: string, input: AnalysisInput, edits: readonly TextEdit[]): string | undefined {
  if (input.kind === 'notebook') {
    const edited = applyCellEdits(text, edits);
    return edited.kind === 'edited' ? edited.text : undefined;
  }
  const lines = new LineIndex(text);
  return applyEdits(
    text,
    edits.map(({ range, newText }) => ({
      span: { start: lines.offset(range.start), end: lines.offset(range.end) },
      text: newText,
    })),
  );
}
