import type { Edit } from '../engine/rule.ts';

/**
 * Text after the edits, whatever their order; `undefined` when two of them overlap or one lies outside the text.
 * Equal edits count once. Different insertions at one offset keep the order in which they are given.
 */
export function applyEdits(text: string, edits: readonly Edit[]): string | undefined {
  const sorted = sortEdits(edits);
  let result = '';
  let offset = 0;
  for (const edit of sorted) {
    if (edit.span.start < offset || edit.span.end < edit.span.start || edit.span.end > text.length) return undefined;
    result += text.slice(offset, edit.span.start) + edit.text;
    offset = edit.span.end;
  }
  return result + text.slice(offset);
}

/** By place, without repetitions. An insertion comes before a replacement that starts at the same offset. */
export function sortEdits(edits: readonly Edit[]): readonly Edit[] {
  const seen = new Set<string>();
  return edits
    .filter(({ span, text }) => {
      const key = `${span.start}:${span.end}:${text}`;
      return !seen.has(key) && seen.add(key);
    })
    .sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
}
