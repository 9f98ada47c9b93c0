import type { Edit } from '../../src/core/engine/rule.ts';
import type { Program } from '../../src/core/semantics/program.ts';
import type { Span } from '../../src/core/text/span.ts';

/** Source of a span after edits inside it. */
export function textWith(program: Program, whole: Span, edits: readonly Edit[]): string {
  let text = '';
  let offset = whole.start;
  for (const edit of [...edits].sort((a, b) => a.span.start - b.span.start)) {
    text += program.module.text.slice(offset, edit.span.start) + edit.text;
    offset = edit.span.end;
  }
  return text + program.module.text.slice(offset, whole.end);
}
