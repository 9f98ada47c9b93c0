import type { LineIndex } from '../../core/text/lineIndex.ts';
import type { Range } from '../../core/text/position.ts';
import type { Paint } from './paint.ts';

/** Lines of a finding that are shown before the rest is left out. */
const MOST_LINES = 4;
/** Longest part of a line that is shown, so that a minified line does not flood the terminal. */
const MOST_COLUMNS = 120;

/** The source around a range, with line numbers and carets: one line before, at most four of its own, one after. */
export function codeFrame(lines: LineIndex, range: Range, colour: Paint): string {
  const { start, end } = range;
  const last = end.character === 0 && end.line > start.line ? end.line - 1 : end.line;
  const shownEnd = Math.min(last, start.line + MOST_LINES - 1);
  const first = Math.max(0, start.line - 1);
  const after = shownEnd === last ? Math.min(lines.lineCount - 1, last + 1) : shownEnd;
  const width = String(after + 1).length;
  const rows: string[] = [];
  for (let line = first; line <= after; line++) {
    const text = lines.lineText(line);
    if (text.trim() === '' && (line < start.line || line > last)) continue;
    const isOurs = start.line <= line && line <= shownEnd;
    const from = line === start.line ? start.character : text.length - text.trimStart().length;
    const to = line === end.line ? end.character : text.length;
    const offset = isOurs && from > MOST_COLUMNS - 20 ? from - 20 : 0;
    rows.push(`${colour.dim(`${String(line + 1).padStart(width)} |`)} ${excerpt(text, offset)}`.trimEnd());
    if (isOurs) rows.push(`${' '.repeat(width)} ${colour.dim('|')} ${carets(text, offset, from, to, colour)}`);
  }
  if (shownEnd < last)
    rows.push(colour.dim(`${' '.repeat(width)} | … ${last - shownEnd} more line${last - shownEnd === 1 ? '' : 's'}`));
  return rows.join('\n');
}

function excerpt(text: string, offset: number): string {
  const part = text.slice(offset, offset + MOST_COLUMNS);
  return `${offset > 0 ? '…' : ''}${visible(part)}${offset + MOST_COLUMNS < text.length ? '…' : ''}`;
}

/** Control characters could change the terminal; a tab stays, since the caret line repeats it. */
function visible(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is replaced.
  return text.replace(/[\u0000-\u0008\u000a-\u001f\u007f-\u009f]/g, '�');
}

function carets(text: string, offset: number, from: number, to: number, colour: Paint): string {
  const before = text.slice(offset, from).replace(/[^\t]/gu, ' ');
  const marked = text.slice(from, Math.max(from + 1, Math.min(to, offset + MOST_COLUMNS)));
  return `${offset > 0 ? ' ' : ''}${before}${colour.red('^'.repeat(Math.max(1, [...marked].length)))}`;
}
