import type { DirectiveRule, MalformedDirective } from './directive.ts';

/** What a comment's text says, offsets counted from the start of the text it was given. */
export interface DirectiveText {
  readonly scope: 'line' | 'file';
  readonly rules: readonly DirectiveRule[];
  readonly reason?: string;
  readonly start: number;
  readonly end: number;
  /** Offset at which another rule id can be added; absent without brackets. */
  readonly rulesEnd?: number;
}

/** At the start of a comment or of a further comment in it (`# noqa  # green-ai: ignore`), so that prose is left alone. */
const MARKER = /(?:^|#|\/\/|\/\*|\*|<!--)[\s*!]*(green-ai\s*:\s*)([\w-]*)/gim;

/** Directives in one comment, delimiters included. */
export function parseDirectiveText(comment: string): readonly (DirectiveText | MalformedDirective)[] {
  return [...comment.matchAll(MARKER)].map((match) => {
    const [whole, marker = '', word = ''] = match;
    const start = match.index + whole.length - word.length - marker.length;
    const afterWord = match.index + whole.length;
    const scope = word.toLowerCase();
    if (scope !== 'ignore' && scope !== 'ignore-file') {
      const said = word === '' ? 'nothing' : `"${word}"`;
      return { start, end: afterWord, message: `green-ai: expected ignore or ignore-file, found ${said}` };
    }
    return parseRules(comment, start, afterWord, scope === 'ignore' ? 'line' : 'file');
  });
}

function parseRules(
  comment: string,
  start: number,
  open: number,
  scope: 'line' | 'file',
): DirectiveText | MalformedDirective {
  if (comment[open] !== '[') return { scope, rules: [], start, end: open, ...reasonAfter(comment, open) };
  const line = /^[^\r\n\]]*/.exec(comment.slice(open + 1))?.[0] ?? '';
  const close = open + 1 + line.length;
  if (comment[close] !== ']') {
    return { start, end: close, message: 'green-ai: the list of rules is not closed with "]"' };
  }
  const rules: DirectiveRule[] = [];
  for (const match of line.matchAll(/[^\s,]+/g)) {
    const from = open + 1 + match.index;
    rules.push({ id: match[0], start: from, end: from + match[0].length });
  }
  if (rules.length === 0) return { start, end: close + 1, message: 'green-ai: the list of rules is empty' };
  return { scope, rules, start, end: close + 1, rulesEnd: close, ...reasonAfter(comment, close + 1) };
}

/** The rest of the line, up to the end of the comment or a further comment. */
function reasonAfter(comment: string, offset: number): { reason?: string } {
  const line = /^[^\r\n]*/.exec(comment.slice(offset))?.[0] ?? '';
  const reason = line
    .replace(/\*\/\s*$|\s#.*$|\s\/\/.*$/, '')
    .replace(/^[\s:–—-]+/, '')
    .trim();
  return reason === '' ? {} : { reason };
}
