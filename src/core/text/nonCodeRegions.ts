import type { Language } from '../ir/sourceModule.ts';
import { javascriptRegions } from './javascriptRegions.ts';
import { lineEnd } from './layout.ts';

/** Text that is no code. `start` is its opening delimiter, `end` the offset of its closing delimiter. */
export interface Region {
  readonly kind: 'string' | 'comment' | 'jsxText' | 'jsxTag';
  readonly start: number;
  readonly end: number;
}

/**
 * Strings, comments and JSX of a text, in order of their end, found without a parser: edits that work on whole lines
 * must know which line starts lie inside one, also while the code does not parse.
 */
export function nonCodeRegions(text: string, language: Language): readonly Region[] {
  return language === 'python' ? pythonRegions(text) : javascriptRegions(text, language !== 'typescript');
}

/** Region around the start of a line, innermost first; `undefined` in code. */
export function regionAt(regions: readonly Region[], lineStart: number): Region | undefined {
  let innermost: Region | undefined;
  for (const region of regions) {
    if (region.start < lineStart && lineStart <= region.end && (!innermost || region.start > innermost.start)) {
      innermost = region;
    }
  }
  return innermost;
}

function pythonRegions(text: string): readonly Region[] {
  const regions: Region[] = [];
  let offset = 0;
  while (offset < text.length) {
    const character = text[offset];
    if (character === '#') {
      const end = lineEnd(text, offset);
      regions.push({ kind: 'comment', start: offset, end });
      offset = end;
    } else if (character === '"' || character === "'") {
      const region = pythonString(text, offset, character);
      regions.push(region);
      offset = region.end + (text.startsWith(character.repeat(3), offset) ? 3 : 1);
    } else {
      offset++;
    }
  }
  return regions;
}

function pythonString(text: string, start: number, quote: string): Region {
  const triple = quote.repeat(3);
  const isTriple = text.startsWith(triple, start);
  let offset = start + (isTriple ? 3 : 1);
  while (offset < text.length) {
    const character = text[offset];
    if (character === '\\') {
      offset += text.startsWith('\r\n', offset + 1) ? 3 : 2;
      continue;
    }
    if (isTriple ? text.startsWith(triple, offset) : character === quote) break;
    // An unterminated string ends with its line, so that one slip does not swallow the file.
    if (!isTriple && (character === '\n' || character === '\r')) return { kind: 'string', start, end: offset - 1 };
    offset++;
  }
  return { kind: 'string', start, end: Math.min(offset, text.length) };
}
