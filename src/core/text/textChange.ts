/** What differs between two texts: `[start, oldEnd)` of the old one became `[start, newEnd)` of the new one. */
export interface TextChange {
  readonly start: number;
  readonly oldEnd: number;
  readonly newEnd: number;
}

/** The smallest single change that turns one text into the other; `undefined` when they are equal. Never splits a surrogate pair. */
export function textChange(before: string, after: string): TextChange | undefined {
  if (before === after) return undefined;
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  if (start > 0 && isHighSurrogate(before.charCodeAt(start - 1))) start--;
  const most = shorter - start;
  let tail = 0;
  while (tail < most && before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)) {
    tail++;
  }
  if (tail > 0 && isLowSurrogate(before.charCodeAt(before.length - tail))) tail--;
  return { start, oldEnd: before.length - tail, newEnd: after.length - tail };
}

/** The smallest change that covers both; they are changes of texts of the same two lengths. */
export function coveringChange(one: TextChange | undefined, other: TextChange | undefined): TextChange | undefined {
  if (!one || !other) return one ?? other;
  return {
    start: Math.min(one.start, other.start),
    oldEnd: Math.max(one.oldEnd, other.oldEnd),
    newEnd: Math.max(one.newEnd, other.newEnd),
  };
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}

function isLowSurrogate(code: number): boolean {
  return code >= 0xdc00 && code <= 0xdfff;
}
