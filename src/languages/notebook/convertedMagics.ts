import type { Span } from '../../core/text/span.ts';
import { pythonCellMagics } from './magics.ts';

/** Code that a converted notebook (`jupyter nbconvert --to script`) keeps in strings, made readable where it stands. */
export interface ConvertedText {
  /** As long as the original: offsets are those of the file, its lines are not. */
  readonly text: string;
  /** Strings that hold code: nothing can be edited there, since every change would need the string's escapes. */
  readonly quoted: readonly Span[];
}

const CALL =
  /^[ \t]*get_ipython\(\)\.(run_cell_magic|run_line_magic)\(\s*u?(['"])(\w+)\2\s*,\s*(?:u?(['"])((?:\\.|(?!\4)[^\\\n])*)\4\s*,\s*)?u?('''|"""|['"])/gm;

/**
 * `get_ipython().run_cell_magic('time', '', 'model.fit(x)\nmodel.predict(y)')` → the two statements at the places they have in the
 * file. Only magics that run their cell as Python are opened; `undefined` where there is none.
 */
export function openConvertedMagics(text: string): ConvertedText | undefined {
  if (!text.includes('get_ipython().run_')) return undefined;
  const parts: string[] = [];
  const quoted: Span[] = [];
  let copied = 0;
  for (const match of text.matchAll(CALL)) {
    const [head, form, , name = '', , , quote = ''] = match;
    const start = match.index + head.length;
    const length = stringLength(text, start, quote);
    const isCode = form === 'run_cell_magic' ? pythonCellMagics.has(name) : /^time(it)?$/.test(name);
    if (length === undefined || !isCode || match.index < copied) continue;
    const end = start + length;
    const tail = /^\s*\)/.exec(text.slice(end + quote.length))?.[0];
    if (tail === undefined) continue;
    // The head becomes a line of its own, so that the code begins at the start of one.
    parts.push(text.slice(copied, match.index), `${' '.repeat(head.length - 1)}\n`);
    const source = code(text.slice(start, end));
    parts.push(form === 'run_line_magic' ? withoutOptions(source) : source);
    parts.push(' '.repeat(quote.length), tail.replace(')', ' '));
    copied = end + quote.length + tail.length;
    quoted.push({ start: match.index, end: copied });
  }
  if (quoted.length === 0) return undefined;
  parts.push(text.slice(copied));
  return { text: parts.join(''), quoted };
}

/** Length of the string's content; `undefined` when it is not closed. */
function stringLength(text: string, start: number, quote: string): number | undefined {
  for (let offset = start; offset < text.length; offset++) {
    if (text[offset] === '\\') offset++;
    else if (text.startsWith(quote, offset)) return offset - start;
    else if (quote.length === 1 && text[offset] === '\n') return undefined;
  }
  return undefined;
}

/** `-n5 -r 3 f(x)` → the statement that is timed. */
function withoutOptions(source: string): string {
  return source.replace(/^(?:\s*-[a-zA-Z]+(?:\s*\d+)?(?=\s))+/, (options) => ' '.repeat(options.length));
}

/** The code with its escapes resolved to the same length: a blank stands beside each, outside the strings of the code. */
function code(source: string): string {
  let isOpen = false;
  return source.replace(/\\\\\\n|\\([\s\S])/g, (_, character?: string) => {
    // A line that goes on has nothing between its backslash and its end.
    if (character === undefined) return '  \\\n';
    if (character === 'n') return ' \n';
    if (character === 't') return '  ';
    if (character === "'" || character === '"') {
      isOpen = !isOpen;
      return isOpen ? ` ${character}` : `${character} `;
    }
    return character === '\n' ? ' \n' : `${character} `;
  });
}
