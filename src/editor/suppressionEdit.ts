import { indentationAt, lineBreakOf, lineEnd, lineStart, nextLineStart } from '../core/fixes/layout.ts';
import { nonCodeRegions, regionAt } from '../core/fixes/nonCodeRegions.ts';
import type { Language } from '../core/ir/sourceModule.ts';

/** Text to insert at an offset. */
export interface Insertion {
  readonly offset: number;
  readonly text: string;
}

const LINE_COMMENT = /(?:#|\/\/|\/\*)\s*green-ai:\s*ignore\[([^\]]*)\]/;
const FILE_COMMENT = /(?:#|\/\/|\/\*)\s*green-ai:\s*ignore-file\[([^\]]*)\]/;

/**
 * Comment that silences one rule at the line of `offset`: a line of its own above, an extension of a comment that is
 * already there, or the end of the line where a comment cannot stand above. Undefined inside a text that spans lines.
 */
export function ignoreLineEdit(
  text: string,
  language: Language,
  offset: number,
  ruleId: string,
): Insertion | undefined {
  const start = lineStart(text, offset);
  const existing = extendComment(text, start, ruleId) ?? extendAbove(text, start, ruleId);
  if (existing !== undefined) return existing;
  const region = regionAt(nonCodeRegions(text, language), start);
  if (region?.kind === 'string' || region?.kind === 'comment') return undefined;
  const indentation = indentationAt(text, offset);
  const body = `green-ai: ignore[${ruleId}]`;
  if (region?.kind === 'jsxText') return { offset: start, text: `${indentation}{/* ${body} */}${lineBreakOf(text)}` };
  if (continuesLine(text, start)) return ignoreAtLineEnd(text, offset, body, language);
  return { offset: start, text: `${indentation}${marker(language)} ${body}${lineBreakOf(text)}` };
}

/** Comment that silences one rule in the whole file, after a `#!` line and what must stand in the first lines. */
export function ignoreFileEdit(text: string, language: Language, ruleId: string): Insertion {
  const existing = FILE_COMMENT.exec(text);
  if (existing !== null) return withRule(existing, 0, ruleId);
  let offset = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  if (text.startsWith('#!', offset) || (language === 'python' && text.startsWith('%%', offset))) {
    offset = nextLineStart(text, offset);
  }
  const line = text.slice(offset, lineEnd(text, offset));
  if (language === 'python' && /^#.*coding[:=]/.test(line)) offset = nextLineStart(text, offset);
  const lineBreak = lineBreakOf(text);
  const needsBreak = offset > 0 && offset === text.length && !/[\r\n]$/.test(text);
  return {
    offset,
    text: `${needsBreak ? lineBreak : ''}${marker(language)} green-ai: ignore-file[${ruleId}]${lineBreak}`,
  };
}

function marker(language: Language): string {
  return language === 'python' ? '#' : '//';
}

/** Adds the rule to the comment in this line, where there is one. */
function extendComment(text: string, start: number, ruleId: string): Insertion | undefined {
  const match = LINE_COMMENT.exec(text.slice(start, lineEnd(text, start)));
  return match === null ? undefined : withRule(match, start, ruleId);
}

function withRule(comment: RegExpExecArray, start: number, ruleId: string): Insertion {
  const ids = (comment[1] ?? '').split(',').map((id) => id.trim());
  const insertAt = start + comment.index + comment[0].length - 1;
  return { offset: insertAt, text: ids.includes(ruleId) ? '' : ids[0] === '' ? ruleId : `, ${ruleId}` };
}

/** A comment above silences this line only when it stands alone in its line. */
function extendAbove(text: string, start: number, ruleId: string): Insertion | undefined {
  if (start === 0) return undefined;
  const above = lineStart(text, start - (text.startsWith('\r\n', start - 2) ? 2 : 1));
  const line = text.slice(above, lineEnd(text, above));
  return /^\s*(?:#|\/\/|\{?\s*\/\*)/.test(line) ? extendComment(text, above, ruleId) : undefined;
}

/** The line before ends in a backslash: no comment line can stand between. */
function continuesLine(text: string, start: number): boolean {
  return /\\\r?\n?$/.test(text.slice(0, start)) && start > 0;
}

function ignoreAtLineEnd(text: string, offset: number, body: string, language: Language): Insertion | undefined {
  const end = lineEnd(text, offset);
  if (text[end - 1] === '\\') return undefined;
  return { offset: end, text: `  ${marker(language)} ${body}` };
}
