import type { Span } from '../text/span.ts';

/** Characters between two delimiters of JSX at most: text of a page is short, and a file without JSX is not searched far. */
const FARTHEST = 400;
const ENTITY = /^&(?:[A-Za-z]\w*|#\d+|#[xX][\dA-Fa-f]+);/;
/** The end of an opening or closing tag, not of an arrow (`=>`) or a comparison. */
const TAG_END = /<\/?(?:[A-Za-z][\w.:-]*(?:\s[^<>]*)?)?>$/;
const TYPE_WORD = /^\s*(?:extends|implements|as|satisfies|is|in|of|instanceof|keyof|typeof)\b/;

/**
 * Blanks `&` and `&&` in the text and attributes of JSX elements (`Terms & conditions`). TypeScript reads them as text, the grammar as
 * an error, after which it can lose the element around it. An operator is left alone: what stands between two tags or braces has to
 * look like words.
 */
export function withoutLooseAmpersands(text: string): string {
  if (!text.includes('</') && !text.includes('/>')) return text;
  const pieces: string[] = [];
  let kept = 0;
  for (const { start, end } of looseRuns(text)) {
    pieces.push(text.slice(kept, start), ' '.repeat(end - start));
    kept = end;
  }
  if (kept === 0) return text;
  pieces.push(text.slice(kept));
  return pieces.join('');
}

/** In one pass: what lies between two tags or braces is looked at when the second of them is met. */
function* looseRuns(text: string): Iterable<Span> {
  let from: number | undefined;
  let waiting: Span[] = [];
  for (const { index, 0: found } of text.matchAll(/[<>{}]|&+/g)) {
    if (found.startsWith('&')) {
      const run = { start: index, end: index + found.length };
      if (mayBeText(text, run)) waiting.push(run);
      continue;
    }
    for (const run of waiting) if (isInAttribute(text, run) || isBetween(text, run, from, index)) yield run;
    waiting = [];
    from = index;
  }
}

function mayBeText(text: string, { start, end }: Span): boolean {
  return end - start <= 2 && text[end] !== '=' && !ENTITY.test(text.slice(start, start + 32));
}

/** `from` and `to` are the places of the tags or braces around. */
function isBetween(text: string, { start, end }: Span, from: number | undefined, to: number): boolean {
  if (from === undefined || start - from > FARTHEST || to - end > FARTHEST) return false;
  if (!/[>}]/.test(text.charAt(from)) || !/[<{]/.test(text.charAt(to))) return false;
  const [before, after] = [text.slice(from + 1, start), text.slice(end, to)];
  if (/[;=]/.test(before) || /[;=]/.test(after)) return false;
  const closes = text.startsWith('</', to);
  if (text[to] === '<' && !/^<[A-Za-z/>]/.test(text.slice(to, to + 2))) return false;
  const isWorded = /^\s*\p{L}/u.test(before) && !TYPE_WORD.test(before);
  if (end - start === 2 && !(isWorded && closes)) return false;
  // `} if (flags & MASK) {` is no text between two expressions of an element.
  if (text[from] === '}') return isWorded && (closes || !/[()]/.test(before + after));
  return TAG_END.test(text.slice(Math.max(0, from - FARTHEST), from + 1)) && (isWorded || closes);
}

/**
 * `title="Q&A"`: there the grammar minds only what looks like the beginning of a character's name. A string of the code that looks so is
 * a string all the same.
 */
function isInAttribute(text: string, run: Span): boolean {
  return /[A-Za-z#]/.test(text.charAt(run.end)) && ['"', "'"].some((quote) => isQuoted(text, run, quote));
}

function isQuoted(text: string, { start, end }: Span, quote: string): boolean {
  const before = text.slice(Math.max(0, start - FARTHEST), start);
  const opening = before.lastIndexOf(`=${quote}`);
  if (opening < 1 || !/\s[\w:.-]+$/.test(before.slice(0, opening))) return false;
  return !before.includes(quote, opening + 2) && text.slice(end, end + FARTHEST).includes(quote);
}
