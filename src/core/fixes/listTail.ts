import { lineEnd } from '../text/layout.ts';

/** What stands between the last element of a bracketed list and its closing bracket. */
export interface ListTail {
  /** Offset after the last element, with parentheses and type assertions that lowering dropped. */
  readonly end: number;
  /** Offset after the trailing comma. */
  readonly afterComma?: number;
  /** True when the element was in parentheses of its own. */
  readonly isParenthesised: boolean;
}

/** Reads the tail from `start` (end of the last element as lowered) to `close` (offset of the closing bracket). */
export function listTail(text: string, start: number, close: number): ListTail {
  let end = start;
  let lastComma: number | undefined;
  let isParenthesised = false;
  let offset = start;
  while (offset < close) {
    const character = text[offset] ?? '';
    const commentEnd = commentEndAt(text, offset);
    if (commentEnd !== undefined) {
      offset = commentEnd;
      continue;
    }
    if (!/\s/.test(character)) {
      if (lastComma !== undefined) end = offset;
      lastComma = character === ',' ? offset : undefined;
      if (character !== ',') end = offset + 1;
      if (character === ')') isParenthesised = true;
    }
    offset++;
  }
  return lastComma === undefined ? { end, isParenthesised } : { end, isParenthesised, afterComma: lastComma + 1 };
}

/** Offset after the comment that starts here, in either language; `undefined` when none does. */
function commentEndAt(text: string, offset: number): number | undefined {
  if (text[offset] === '#' || text.startsWith('//', offset)) return lineEnd(text, offset);
  if (!text.startsWith('/*', offset)) return undefined;
  const close = text.indexOf('*/', offset);
  return close < 0 ? text.length : close + 2;
}
