import type { Comment, SourceModule } from '../ir/sourceModule.ts';
import type { LineIndex } from '../text/lineIndex.ts';
import type { Span } from '../text/span.ts';
import { type CoveredLines, coveredLines } from './coveredLines.ts';
import type { Directive, MalformedDirective } from './directive.ts';
import { type DirectiveText, parseDirectiveText } from './parseDirectiveText.ts';

export interface Directives {
  readonly directives: readonly Directive[];
  readonly malformed: readonly MalformedDirective[];
}

interface Draft {
  readonly comment: Comment;
  readonly text: DirectiveText;
  readonly isTrailing: boolean;
  /** Line whose code it is about; absent when none follows. */
  readonly line: number | undefined;
}

/** Directives of a module, in source order. In a notebook a comment does not reach into the next of `cells`. */
export function parseDirectives(module: SourceModule, lines: LineIndex, cells: readonly Span[] = []): Directives {
  const drafts: Draft[] = [];
  const malformed: MalformedDirective[] = [];
  const mentioning = module.comments.filter((comment) => /green-ai/i.test(comment.text));
  if (mentioning.length === 0) return { directives: [], malformed };

  const commentLines = linesOfComments(module, lines);
  for (const comment of mentioning) {
    for (const found of parseDirectiveText(comment.text)) {
      if ('message' in found) {
        malformed.push({ ...found, start: comment.start + found.start, end: comment.start + found.end });
        continue;
      }
      const isTrailing = !isAloneOnLine(module.text, comment);
      const cell = cells.find((span) => span.start <= comment.start && comment.start < span.end);
      const limit = cell ? lines.lineOf(Math.max(cell.start, cell.end - 1)) : lines.lineCount - 1;
      const line = isTrailing
        ? lines.lineOf(comment.start)
        : nextCodeLine(lines.lineOf(Math.max(comment.start, comment.end - 1)) + 1, limit, commentLines, lines);
      drafts.push({ comment, text: found, isTrailing, line });
    }
  }
  const targets = (isTrailing: boolean): ReadonlySet<number> =>
    new Set(drafts.flatMap((draft) => (draft.isTrailing === isTrailing ? (draft.line ?? []) : [])));
  const covered = coveredLines(module, lines, { starts: targets(false), ends: targets(true) });
  return { directives: drafts.map((draft) => finish(draft, covered, lines)), malformed };
}

function finish({ comment, text, isTrailing, line }: Draft, covered: CoveredLines, lines: LineIndex): Directive {
  const at = (span: Span): Span => ({ start: comment.start + span.start, end: comment.start + span.end });
  const common = {
    ...at(text),
    scope: text.scope,
    rules: text.rules.map((rule) => ({ id: rule.id, ...at(rule) })),
    ...(text.reason === undefined ? {} : { reason: text.reason }),
    isTrailing,
  };
  if (text.scope === 'file') return { ...common, firstLine: 0, lastLine: lines.lineCount };
  if (line === undefined) return { ...common, firstLine: 0, lastLine: -1 };
  if (isTrailing) return { ...common, firstLine: covered.firstTo(line), lastLine: line };
  return { ...common, firstLine: line, lastLine: covered.lastFrom(line) };
}

/** Nothing but white space, and the braces that JSX puts around a comment, shares its lines. */
function isAloneOnLine(text: string, comment: Comment): boolean {
  const before = /[^\r\n]*$/.exec(text.slice(0, comment.start))?.[0] ?? '';
  const after = /^[^\r\n]*/.exec(text.slice(comment.end))?.[0] ?? '';
  const isJsx = before.trim() === '{' && after.trim() === '}';
  return isJsx || (/^[\s\uFEFF]*$/.test(before) && (after.trim() === '' || comment.text.startsWith('#')));
}

function linesOfComments(module: SourceModule, lines: LineIndex): ReadonlySet<number> {
  const found = new Set<number>();
  for (const comment of module.comments) {
    if (!isAloneOnLine(module.text, comment)) continue;
    const last = lines.lineOf(Math.max(comment.start, comment.end - 1));
    for (let line = lines.lineOf(comment.start); line <= last; line++) found.add(line);
  }
  return found;
}

function nextCodeLine(
  from: number,
  limit: number,
  commentLines: ReadonlySet<number>,
  lines: LineIndex,
): number | undefined {
  for (let line = from; line <= limit; line++) {
    if (!commentLines.has(line) && lines.lineText(line).trim() !== '') return line;
  }
  return undefined;
}
