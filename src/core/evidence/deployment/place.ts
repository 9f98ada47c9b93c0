import { LineIndex } from '../../text/lineIndex.ts';
import type { Span } from '../../text/span.ts';
import type { EvidencePlace, MachineEvidence } from '../machineEvidence.ts';

/** What a reader finds in a file's text. */
export type Found = Omit<MachineEvidence, 'from'> & { readonly span: Span };

/** First match of a pattern as the place of what it says. */
export function foundAt(
  text: string,
  pattern: RegExp,
  what: Omit<MachineEvidence, 'from'>,
): readonly [Found] | readonly [] {
  const match = pattern.exec(text);
  return match ? [{ ...what, span: { start: match.index, end: match.index + match[0].length } }] : [];
}

/** The lines that a span stands in, with surrounding blanks cut. */
export function placeIn(path: string, text: string, { start, end }: Span): EvidencePlace {
  const from = text.slice(start, end).search(/\S/);
  const begin = from < 0 ? start : start + from;
  const lineStart = text.lastIndexOf('\n', begin - 1) + 1;
  const lineEnd = text.indexOf('\n', begin);
  const line = text.slice(lineStart, lineEnd < 0 ? text.length : lineEnd).trim();
  return { path, range: new LineIndex(text).range({ start: begin, end: Math.max(begin, end) }), text: line };
}
