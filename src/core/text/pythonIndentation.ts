import { lineEnd, nextLineStart } from './layout.ts';
import { nonCodeRegions, type Region } from './nonCodeRegions.ts';

/** A line whose place CPython refuses (`IndentationError`, `TabError`) although an error-tolerant grammar takes it. */
export interface IndentationProblem {
  /** 1-based. */
  readonly line: number;
  readonly message: string;
}

/** The first problem that an edit brought; what was wrong before does not count. */
export function newIndentationProblem(before: string, after: string): IndentationProblem | undefined {
  const known = new Map<string, number>();
  for (const { message } of indentationProblems(before)) known.set(message, (known.get(message) ?? 0) + 1);
  return indentationProblems(after).find(({ message }) => {
    const left = known.get(message) ?? 0;
    known.set(message, left - 1);
    return left <= 0;
  });
}

/**
 * Indentation of a Python text by the rules of CPython's tokenizer (Lib/test/test_exceptions.py, Parser/tokenizer.c): a block's
 * head is followed by a deeper line, a line that is not deeper ends at an enclosing level, tabs and spaces are consistent
 * whatever a tab is worth, and a decorator stands directly above a definition in the same column.
 */
export function indentationProblems(text: string): readonly IndentationProblem[] {
  const problems: IndentationProblem[] = [];
  const levels: Width[] = [{ column: 0, alternative: 0 }];
  let previous: LogicalLine | undefined;
  for (const line of logicalLines(text)) {
    const message = step(levels, previous, line);
    if (message !== undefined) problems.push({ line: line.number, message });
    previous = line;
  }
  if (previous?.opensBlock) problems.push({ line: previous.number, message: 'expected an indented block' });
  if (previous?.head === 'decorator') problems.push({ line: previous.number, message: 'expected a definition' });
  return problems;
}

/** Width with a tab every eight columns, and with a tab as one column: the tokenizer compares both. */
interface Width {
  readonly column: number;
  readonly alternative: number;
}

interface LogicalLine {
  readonly number: number;
  readonly width: Width;
  readonly head: 'decorator' | 'definition' | 'other';
  readonly opensBlock: boolean;
}

/** Moves the stack of levels to a line, and tells what is wrong with it. */
function step(levels: Width[], previous: LogicalLine | undefined, line: LogicalLine): string | undefined {
  const top = levels.at(-1) ?? { column: 0, alternative: 0 };
  const order = compare(line.width, top);
  if (order === 'inconsistent') return 'inconsistent use of tabs and spaces in indentation';
  if (previous?.opensBlock) {
    if (order !== 'deeper') return leaveBlocks(levels, line.width) ?? 'expected an indented block';
    levels.push(line.width);
    return undefined;
  }
  if (order === 'deeper') return 'unexpected indent';
  const left = order === 'same' ? undefined : leaveBlocks(levels, line.width);
  if (left !== undefined) return left;
  if (previous?.head !== 'decorator') return undefined;
  const isDefinition = line.head !== 'other' && order === 'same';
  return isDefinition ? undefined : 'expected a definition after the decorator';
}

function leaveBlocks(levels: Width[], width: Width): string | undefined {
  while (levels.length > 1 && (levels.at(-1)?.column ?? 0) > width.column) levels.pop();
  const top = levels.at(-1);
  return top && compare(width, top) === 'same' ? undefined : 'unindent does not match any outer indentation level';
}

function compare(a: Width, b: Width): 'same' | 'deeper' | 'shallower' | 'inconsistent' {
  const order = Math.sign(a.column - b.column);
  if (order !== Math.sign(a.alternative - b.alternative)) return 'inconsistent';
  if (order === 0) return 'same';
  return order > 0 ? 'deeper' : 'shallower';
}

function* logicalLines(text: string): Iterable<LogicalLine> {
  const regions = nonCodeRegions(text, 'python');
  let next = 0;
  let depth = 0;
  let number = 0;
  let open: { line: Omit<LogicalLine, 'opensBlock'>; last: string } | undefined;
  for (let start = 0; start < text.length || start === 0; ) {
    number++;
    const end = lineEnd(text, start);
    while (next < regions.length && regionEnd(text, regions[next]) <= start) next++;
    const code = codeOf(text, start, end, regions, next);
    if (open === undefined && code.trim() !== '') {
      open = { line: { number, width: widthOf(text, start), head: headOf(code.trim()) }, last: '' };
    }
    for (const character of code) {
      if ('([{'.includes(character)) depth++;
      else if (')]}'.includes(character)) depth = Math.max(0, depth - 1);
    }
    const trimmed = code.trim();
    const isContinued = depth > 0 || trimmed.endsWith('\\') || isInString(regions, next, end);
    if (open !== undefined) {
      if (trimmed !== '') open.last = trimmed.at(-1) ?? '';
      if (!isContinued) {
        yield { ...open.line, opensBlock: open.last === ':' };
        open = undefined;
      }
    }
    const following = nextLineStart(text, start);
    if (following <= start) break;
    start = following;
  }
  if (open !== undefined) yield { ...open.line, opensBlock: open.last === ':' };
}

/** A line with its strings as `s` and without its comments. */
function codeOf(text: string, start: number, end: number, regions: readonly Region[], first: number): string {
  let code = '';
  let offset = start;
  for (let index = first; index < regions.length; index++) {
    const region = regions[index];
    if (region === undefined || region.start >= end) break;
    code += text.slice(offset, Math.max(offset, region.start)) + (region.kind === 'comment' ? '' : 's');
    offset = Math.min(end, regionEnd(text, region));
  }
  return code + text.slice(offset, end);
}

/** Offset after the closing delimiter. */
function regionEnd(text: string, region: Region | undefined): number {
  if (region === undefined) return text.length;
  if (region.kind === 'comment') return region.end;
  const quote = text[region.start] ?? '';
  const isTriple = text.startsWith(quote.repeat(3), region.start) && region.end >= region.start + 3;
  return region.end + (isTriple ? 3 : 1);
}

/** True when a string that spans lines is open at the end of a line. */
function isInString(regions: readonly Region[], first: number, end: number): boolean {
  for (let index = first; index < regions.length; index++) {
    const region = regions[index];
    if (region === undefined || region.start >= end) return false;
    if (region.kind === 'string' && region.end > end) return true;
  }
  return false;
}

/** A form feed sets the column back, as in the tokenizer; a byte order mark is no column. */
function widthOf(text: string, start: number): Width {
  let column = 0;
  let alternative = 0;
  for (let offset = start; ; offset++) {
    const character = text[offset];
    if (character === ' ') {
      column++;
      alternative++;
    } else if (character === '\t') {
      column = (Math.floor(column / 8) + 1) * 8;
      alternative++;
    } else if (character === '\f') {
      column = 0;
      alternative = 0;
    } else if (character !== '\uFEFF') return { column, alternative };
  }
}

function headOf(code: string): LogicalLine['head'] {
  if (code.startsWith('@')) return 'decorator';
  return /^(async\s+def|def|class)\b/.test(code) ? 'definition' : 'other';
}
