import type { Edit } from '../engine/rule.ts';
import type { Language } from '../ir/sourceModule.ts';
import { bomLength, indentationAt, lineBreakOf, lineEnd, nextLineStart } from '../text/layout.ts';
import type { LineIndex } from '../text/lineIndex.ts';
import { nonCodeRegions, type Region, regionAt } from '../text/nonCodeRegions.ts';
import { type DirectiveText, parseDirectiveText } from './parseDirectiveText.ts';

export interface SuppressionEditRequest {
  readonly text: string;
  readonly lines: LineIndex;
  readonly language: Language;
  /** 0-based line on which the finding starts; not used for `file`. In a notebook, text and line are the cell's. */
  readonly line: number;
  readonly ruleId: string;
  readonly scope: 'line' | 'file';
  readonly reason?: string;
}

/**
 * The edit that makes the engine ignore a finding: into the directive that is there, else a comment of its own above the
 * line or at the top of the file. `undefined` when a directive for the rule or for all rules is there already.
 */
export function suppressionEdit(request: SuppressionEditRequest): Edit | undefined {
  const regions = nonCodeRegions(request.text, request.language);
  const existing = request.scope === 'line' ? directivesNear(request, regions) : directivesOfFile(request, regions);
  for (const { directive } of existing) {
    if (directive.rules.length === 0 || directive.rules.some(({ id }) => id === request.ruleId)) return undefined;
  }
  const open = existing.find(({ directive }) => directive.rulesEnd !== undefined);
  if (open) {
    const offset = open.offset + (open.directive.rulesEnd ?? 0);
    return { span: { start: offset, end: offset }, text: `, ${request.ruleId}` };
  }
  return request.scope === 'line' ? newLineDirective(request, regions) : newFileDirective(request);
}

interface PlacedDirective {
  readonly directive: DirectiveText;
  /** Start of its comment in the text. */
  readonly offset: number;
}

/** On the line itself, or on comment lines directly above. */
function directivesNear({ text, lines, line }: SuppressionEditRequest, regions: readonly Region[]) {
  const comments = regions.filter(({ kind }) => kind === 'comment');
  let first = line;
  while (first > 0 && /^\s*(?:#|\/\/|\/\*|\{\s*\/\*)/.test(lines.lineText(first - 1))) first--;
  const near = comments.filter(({ start }) => first <= lines.lineOf(start) && lines.lineOf(start) <= line);
  return directivesIn(text, near, 'line');
}

function directivesOfFile({ text }: SuppressionEditRequest, regions: readonly Region[]) {
  return directivesIn(
    text,
    regions.filter(({ kind }) => kind === 'comment'),
    'file',
  );
}

function directivesIn(text: string, comments: readonly Region[], scope: 'line' | 'file'): readonly PlacedDirective[] {
  return comments.flatMap(({ start, end }) =>
    parseDirectiveText(text.slice(start, end)).flatMap((found) =>
      'scope' in found && found.scope === scope ? [{ directive: found, offset: start }] : [],
    ),
  );
}

/** A line above that is code at its start: never inside a string, and with JSX braces among JSX children. */
function newLineDirective(request: SuppressionEditRequest, regions: readonly Region[]): Edit {
  const { text, lines, language } = request;
  let line = Math.min(request.line, lines.lineCount - 1);
  while (line > 0 && !takesComment(line)) line--;
  const start = line === 0 ? bomLength(text) : lines.lineStart(line);
  const comment = commentText(request, regionAt(regions, lines.lineStart(line))?.kind === 'jsxText', 'ignore');
  const indentation = indentationAt(text, lines.lineStart(line) + (line === 0 ? bomLength(text) : 0));
  return { span: { start, end: start }, text: `${indentation}${comment}${lineBreakOf(text)}` };

  function takesComment(candidate: number): boolean {
    const kind = regionAt(regions, lines.lineStart(candidate))?.kind;
    if (kind === 'string' || kind === 'comment') return false;
    return language !== 'python' || !lines.lineText(candidate - 1).endsWith('\\');
  }
}

/** After a shebang, an encoding declaration and cell magics, which must stay first. */
function newFileDirective(request: SuppressionEditRequest): Edit {
  const { text } = request;
  let start = bomLength(text);
  while (/^(?:#!|%%|#.*coding[:=])/.test(text.slice(start, lineEnd(text, start)))) {
    const next = nextLineStart(text, start);
    if (next === lineEnd(text, start)) {
      return { span: { start: next, end: next }, text: lineBreakOf(text) + commentText(request, false, 'ignore-file') };
    }
    start = next;
  }
  return { span: { start, end: start }, text: commentText(request, false, 'ignore-file') + lineBreakOf(text) };
}

function commentText({ language, ruleId, reason }: SuppressionEditRequest, isJsx: boolean, word: string): string {
  const directive = `green-ai: ${word}[${ruleId}]${reason === undefined ? '' : ` ${reason.replace(/\s+/g, ' ')}`}`;
  if (isJsx) return `{/* ${directive.replaceAll('*/', '* /')} */}`;
  return `${language === 'python' ? '#' : '//'} ${directive}`;
}
