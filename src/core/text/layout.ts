/** Offset of the line end at or after `offset`. */
export function lineEnd(text: string, offset: number): number {
  let end = offset;
  while (end < text.length && text[end] !== '\n' && text[end] !== '\r') end++;
  return end;
}

/** Offset of the first character of the line that holds `offset`. */
export function lineStart(text: string, offset: number): number {
  let start = offset;
  while (start > 0 && text[start - 1] !== '\n' && text[start - 1] !== '\r') start--;
  return start;
}

/** Offset of the first character after the line end that follows `offset`; the text's length on the last line. */
export function nextLineStart(text: string, offset: number): number {
  const end = lineEnd(text, offset);
  return end + (text.startsWith('\r\n', end) ? 2 : end < text.length ? 1 : 0);
}

/** The line end that the text uses first; LF for a text of one line. */
export function lineBreakOf(text: string): '\n' | '\r\n' | '\r' {
  const end = lineEnd(text, 0);
  if (text.startsWith('\r\n', end)) return '\r\n';
  return text[end] === '\r' ? '\r' : '\n';
}

/** White space at the start of the line that holds `offset`. */
export function indentationAt(text: string, offset: number): string {
  const start = lineStart(text, offset);
  let end = start;
  while (text[end] === ' ' || text[end] === '\t') end++;
  return text.slice(start, end);
}

/**
 * One step of indentation for a block around or at `at`: as the block that holds the line is indented against what is around it,
 * else as the block below the line is; without either the text's usual step.
 */
export function indentationUnit(text: string, at: number): string {
  const own = indentationAt(text, at);
  return stepAround(text, at, own) ?? stepBelow(text, at, own) ?? usualIndentation(text);
}

/** What the line's indentation adds to that of the nearest line above that is indented less. */
function stepAround(text: string, at: number, own: string): string | undefined {
  if (own === '') return undefined;
  for (let start = lineStart(text, at); start > 0; ) {
    start = lineStart(text, start - (text.startsWith('\r\n', start - 2) ? 2 : 1));
    const outer = indentationAt(text, start);
    if (isCodeLine(text, start) && outer.length < own.length && own.startsWith(outer)) return own.slice(outer.length);
  }
  return own;
}

function stepBelow(text: string, at: number, own: string): string | undefined {
  for (let start = nextLineStart(text, at), before = -1; start > before && start < text.length; ) {
    const inner = indentationAt(text, start);
    if (isCodeLine(text, start)) return inner.length > own.length ? inner.slice(own.length) : undefined;
    before = start;
    start = nextLineStart(text, start);
  }
  return undefined;
}

function isCodeLine(text: string, start: number): boolean {
  return /^[ \t]*[^\s#*/)\]}]/.test(text.slice(start, lineEnd(text, start)));
}

/** A tab, or the smallest number of spaces (at least two); four without an example. */
function usualIndentation(text: string): string {
  let smallest = 0;
  for (const [, indentation = ''] of text.matchAll(/^([ \t]+)[^\s#*/]/gm)) {
    if (indentation.startsWith('\t')) return '\t';
    if (indentation.length > 1 && (smallest === 0 || indentation.length < smallest)) smallest = indentation.length;
  }
  return ' '.repeat(smallest || 4);
}

/** True when only white space stands before `offset` on its line. */
export function isFirstOnLine(text: string, offset: number): boolean {
  return text.slice(lineStart(text, offset), offset).trim() === '';
}

/** Length of a byte order mark at the start of the text. */
export function bomLength(text: string): number {
  return text.charCodeAt(0) === 0xfeff ? 1 : 0;
}
