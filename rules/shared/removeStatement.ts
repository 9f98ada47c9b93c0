import type { Edit } from '../../src/core/engine/rule.ts';
import type { Program } from '../../src/core/semantics/program.ts';
import { isFirstOnLine, lineEnd, lineStart, nextLineStart } from '../../src/core/text/layout.ts';
import type { Span } from '../../src/core/text/span.ts';
import { enclosing } from './enclosing.ts';

/**
 * Edit that deletes the lines of the statement around a place. `undefined` where it shares a line with other code or a comment,
 * or is all that its block holds.
 */
export function removeStatement(program: Program, place: Span): Edit | undefined {
  const { text } = program.module;
  const { statements, bodies } = enclosing(program.module, place);
  const statement = statements.at(-1);
  const body = bodies.at(-1);
  if (statement === undefined || body === undefined || body.length < 2) return undefined;
  const isAlone =
    isFirstOnLine(text, statement.start) && text.slice(statement.end, lineEnd(text, statement.end)).trim() === '';
  if (!isAlone) return undefined;
  return { span: { start: lineStart(text, statement.start), end: nextLineStart(text, statement.end) }, text: '' };
}
