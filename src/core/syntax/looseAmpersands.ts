/** Characters between two delimiters of JSX at most: text of a page is short, and a file without JSX is not searched far. */
const FARTHEST = 400;
const ENTITY = /^&(?:[A-Za-z]\w*|#\d+|#[xX][\dA-Fa-f]+);/;
/** The end of an opening or closing tag, not of an arrow (`=>`) or a comparison. */
const TAG_END = /<\/?(?:[A-Za-z][\w.:-]*(?:\s[^<>]*)?)?>$/;
const TYPE_WORD = /^\s*(?:extends|implements|as|satisfies|is|in|of|instanceof|keyof|typeof)\b/;

/**
 * Blanks `&` and `&&` in the text and attributes of JSX elements (`Terms & conditions`). TypeScript reads them as text, the grammar as an error, after
 * which it can lose the element around it. An operator is left alone: what stands between two tags or braces has to look like words.
 */
export function withoutLooseAmpersands(text: string): string {
  if (!text.includes('</') && !text.includes('/>')) return text;
  const pieces: string[] = [];
  let kept = 0;
  for (const { index, 0: run } of text.matchAll(/&+/g)) {
    if (!isLoose(text, index, index + run.length)) continue;
    pieces.push(text.slice(kept, index), ' '.repeat(run.length));
    kept = index + run.length;
  }
  if (kept === 0) return text;
  pieces.push(text.slice(kept));
  return pieces.join('');
}

function isLoose(text: string, start: number, end: number): boolean {
  if (end - start > 2 || text[end] === '=' || ENTITY.test(text.slice(start, start + 32))) return false;
  // In attributes the grammar minds only what looks like the beginning of a character's name.
  if (/[A-Za-z#]/.test(text.charAt(end)) && ['"', "'"].some((quote) => isInAttribute(text, start, end, quote)))
    return true;
  const from = delimiterBefore(text, start);
  const to = delimiterAfter(text, end);
  if (from === undefined || to === undefined) return false;
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

/** `title="Q&A"`. A string of the code that looks so is a string all the same. */
function isInAttribute(text: string, start: number, end: number, quote: string): boolean {
  const opening = text.lastIndexOf(`=${quote}`, start - 1);
  if (opening < Math.max(1, start - FARTHEST) || !/\s[\w:.-]+$/.test(text.slice(Math.max(0, opening - 60), opening)))
    return false;
  if (text.slice(opening + 2, start).includes(quote)) return false;
  const closing = text.indexOf(quote, end);
  return closing >= 0 && closing < end + FARTHEST;
}

function delimiterBefore(text: string, at: number): number | undefined {
  for (let index = at - 1; index >= Math.max(0, at - FARTHEST); index--) {
    const character = text[index];
    if (character === '<' || character === '{') return undefined;
    if (character === '>' || character === '}') return index;
  }
  return undefined;
}

function delimiterAfter(text: string, at: number): number | undefined {
  for (let index = at; index < Math.min(text.length, at + FARTHEST); index++) {
    const character = text[index];
    if (character === '>' || character === '}') return undefined;
    if (character === '<' || character === '{') return index;
  }
  return undefined;
}
