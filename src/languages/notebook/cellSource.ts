import type { Node } from 'jsonc-parser';
import type { Edit } from '../../core/engine/rule.ts';

/** The edit of the file that gives a `source` node a new text, in the form the node has: one string, or a list of lines. */
export function sourceReplacement(source: Node, after: string, file: string, base: number): Edit {
  const isAscii = isAsciiJson(file);
  if (source.type === 'string') {
    return { span: spanOf(source, base), text: jsonString(after, isAscii) };
  }
  const lines = (source.children ?? []).filter((line) => line.type === 'string');
  return lines.length === 0 || lines.length !== source.children?.length
    ? {
        span: spanOf(source, base),
        text: `[${splitLines(after)
          .map((line) => jsonString(line, isAscii))
          .join(', ')}]`,
      }
    : changedLines(source, lines, after, file, base, isAscii);
}

/** Replaces the lines between the first and the last that changed; the others keep their very bytes. */
function changedLines(
  source: Node,
  lines: readonly Node[],
  after: string,
  file: string,
  base: number,
  isAscii: boolean,
): Edit {
  const values = lines.map((line) => String(line.value));
  const kept = equalEnds(values, after);
  const first = lines[kept.head];
  const last = lines[lines.length - 1 - kept.tail];
  const texts = splitLines(kept.middle).map((line) => jsonString(line, isAscii));
  const separator = separatorOf(lines, source, file, base);
  if (first === undefined || last === undefined || first.offset > last.offset || texts.length === 0) {
    return wholeList(source, lines, kept, texts, separator, file, base);
  }
  return { span: { start: first.offset + base, end: last.offset + last.length + base }, text: texts.join(separator) };
}

/** For lines only inserted or only removed: the list is written again around the raw text of the lines that stay. */
function wholeList(
  source: Node,
  lines: readonly Node[],
  kept: EqualEnds,
  texts: readonly string[],
  separator: string,
  file: string,
  base: number,
): Edit {
  const raw = (line: Node): string => file.slice(line.offset + base, line.offset + line.length + base);
  const [first, last] = [lines[0], lines.at(-1)];
  const open = file.slice(source.offset + base, (first?.offset ?? source.offset + 1) + base);
  const close = file.slice(
    (last === undefined ? source.offset + 1 : last.offset + last.length) + base,
    source.offset + source.length + base,
  );
  const elements = [...lines.slice(0, kept.head).map(raw), ...texts, ...lines.slice(lines.length - kept.tail).map(raw)];
  const text = elements.length === 0 ? '[]' : `${open}${elements.join(separator)}${close}`;
  return { span: spanOf(source, base), text };
}

interface EqualEnds {
  /** Number of elements at the start and at the end that the new text still has. */
  readonly head: number;
  readonly tail: number;
  /** New text between them. */
  readonly middle: string;
}

/** Elements count as kept only where they end with a line feed: else the list would not be split at lines any more. */
function equalEnds(values: readonly string[], after: string): EqualEnds {
  let head = 0;
  let start = 0;
  for (const value of values) {
    if (!value.endsWith('\n') || !after.startsWith(value, start)) break;
    start += value.length;
    head++;
  }
  let tail = 0;
  let end = after.length;
  for (let index = values.length - 1; index >= head; index--) {
    const value = values[index] ?? '';
    const from = end - value.length;
    if (from < start || !after.startsWith(value, from) || (from > 0 && after.charAt(from - 1) !== '\n')) break;
    end = from;
    tail++;
  }
  return { head, tail, middle: after.slice(start, end) };
}

/** Text between two lines of the list; with a single line, what stands before it tells. */
function separatorOf(lines: readonly Node[], source: Node, file: string, base: number): string {
  const [first, second] = lines;
  if (first === undefined) return ', ';
  if (second !== undefined) return file.slice(first.offset + first.length + base, second.offset + base);
  const open = file.slice(source.offset + 1 + base, first.offset + base);
  return open.includes('\n') ? `,${open}` : ', ';
}

/** Lines with their line feed, as nbformat splits a source. */
function splitLines(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** Whether the file was written with every character above ASCII escaped (`json.dump` with `ensure_ascii`). */
function isAsciiJson(file: string): boolean {
  return /\\u[0-9a-fA-F]{4}/.test(file) && !/[\u0080-\uFFFF]/.test(file);
}

function jsonString(text: string, isAscii: boolean): string {
  const json = JSON.stringify(text);
  return isAscii
    ? json.replace(/[\u007F-\uFFFF]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    : json;
}

function spanOf(node: Node, base: number): { readonly start: number; readonly end: number } {
  return { start: node.offset + base, end: node.offset + node.length + base };
}
