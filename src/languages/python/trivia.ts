const COMMA = 44;
const HASH = 35;
const LINE_FEED = 10;

/** Offset of the line end that closes the comment at `offset`. */
export function skipComment(offset: number, text: string): number {
  let end = offset;
  while (end < text.length && text.charCodeAt(end) !== LINE_FEED) end++;
  return end;
}

/** Tells `(a,)` from `(a)`: whether a comma stands between two nodes, comments aside. */
export function hasCommaBetween(start: number, end: number, text: string): boolean {
  for (let offset = start; offset < end; offset++) {
    const code = text.charCodeAt(offset);
    if (code === COMMA) return true;
    if (code === HASH) offset = skipComment(offset, text);
  }
  return false;
}
