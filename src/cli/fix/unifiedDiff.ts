import { type DiffLine, lineDiff } from './lineDiff.ts';

const CONTEXT = 3;

/** The change of a file as a unified diff that `patch` and `git apply` take; empty when nothing changed. */
export function unifiedDiff(path: string, before: string, after: string): string {
  if (before === after) return '';
  const script = lineDiff(splitLines(before), splitLines(after));
  const hunks = hunkRanges(script).map(([from, to]) => hunkText(script, from, to));
  return [`--- a/${path}\n`, `+++ b/${path}\n`, ...hunks].join('');
}

/** Lines with their line ends, so that a change of line ends shows and a missing last one is known. */
function splitLines(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** Stretches of the script around its changes; changes less than two contexts apart share one. */
function hunkRanges(script: readonly DiffLine[]): readonly (readonly [number, number])[] {
  const ranges: [number, number][] = [];
  for (const [index, { kind }] of script.entries()) {
    if (kind === 'same') continue;
    const last = ranges.at(-1);
    if (last && index - CONTEXT <= last[1]) last[1] = Math.min(script.length, index + CONTEXT + 1);
    else ranges.push([Math.max(0, index - CONTEXT), Math.min(script.length, index + CONTEXT + 1)]);
  }
  return ranges;
}

function hunkText(script: readonly DiffLine[], from: number, to: number): string {
  const lines = script.slice(from, to);
  const count = (...kinds: readonly DiffLine['kind'][]): number =>
    lines.filter(({ kind }) => kinds.includes(kind)).length;
  const startOf = (other: DiffLine['kind']): number =>
    script.slice(0, from).filter(({ kind }) => kind !== other).length;
  const range = (start: number, length: number): string => `${length === 0 ? start : start + 1},${length}`;
  const old = range(startOf('added'), count('same', 'removed'));
  const fresh = range(startOf('removed'), count('same', 'added'));
  const body = lines.map(({ kind, text }) => {
    const sign = { same: ' ', removed: '-', added: '+' }[kind];
    return text.endsWith('\n') ? sign + text : `${sign}${text}\n\\ No newline at end of file\n`;
  });
  return `@@ -${old} +${fresh} @@\n${body.join('')}`;
}
