import { lineEnd } from './layout.ts';
import type { Region } from './nonCodeRegions.ts';

type Mode =
  | { readonly kind: 'code'; depth: number }
  | { readonly kind: 'template'; start: number }
  | { readonly kind: 'jsxTag'; readonly start: number; readonly isClosing: boolean; angles: number }
  | { readonly kind: 'jsxText'; start: number };

const OPERATORS_BEFORE_EXPRESSION = new Set('([{,;=:?!&|+-*%^~<>');
const KEYWORDS_BEFORE_EXPRESSION = new Set(
  'return typeof case in of await yield do else void delete default new throw instanceof'.split(' '),
);

/** See `nonCodeRegions`. Modes are kept on an explicit stack, so that deep nesting cannot exhaust the call stack. */
export function javascriptRegions(text: string, hasJsx: boolean): readonly Region[] {
  const word = /[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*/uy;
  const genericArrow = /<\s*(?:const\s+)?[\w$]+\s*(?:,|extends\b|=)/y;
  const tagStart = /<(?:[\p{ID_Start}$_]|>)/uy;
  const regions: Region[] = [];
  const modes: Mode[] = [{ kind: 'code', depth: 0 }];
  /** Last word or operator of code; decides whether `/` and `<` start an expression. */
  let previous = '';
  let offset = text.startsWith('#!') ? lineEnd(text, 0) : 0;

  while (offset < text.length) {
    const mode = modes[modes.length - 1];
    if (mode === undefined) break;
    if (mode.kind === 'template') offset = stepTemplate(mode);
    else if (mode.kind === 'jsxText') offset = stepJsxText(mode);
    else if (mode.kind === 'jsxTag') offset = stepJsxTag(mode);
    else offset = stepCode(mode);
  }
  for (const mode of modes) {
    if (mode.kind !== 'code') {
      regions.push({ kind: mode.kind === 'template' ? 'string' : mode.kind, start: mode.start, end: text.length });
    }
  }
  return regions;

  function startsExpression(): boolean {
    return previous === '' || OPERATORS_BEFORE_EXPRESSION.has(previous) || KEYWORDS_BEFORE_EXPRESSION.has(previous);
  }

  function stepCode(mode: { depth: number }): number {
    const character = text.charAt(offset);
    if (/\s/.test(character)) return offset + 1;
    const comment = stepComment();
    if (comment !== undefined) return comment;
    if (character === '"' || character === "'") {
      previous = 'string';
      return stepString(character, true);
    }
    if (character === '`') {
      modes.push({ kind: 'template', start: offset });
      return offset + 1;
    }
    if (character === '/' && startsExpression()) {
      previous = 'regex';
      return regexEnd(text, offset);
    }
    if (character === '<' && hasJsx && startsExpression() && matches(tagStart) && !matches(genericArrow)) {
      modes.push({ kind: 'jsxTag', start: offset, isClosing: false, angles: 0 });
      return offset + 1;
    }
    if (character === '}' && mode.depth === 0 && modes.length > 1) {
      modes.pop();
      const outer = modes[modes.length - 1];
      if (outer?.kind === 'template' || outer?.kind === 'jsxText') outer.start = offset;
      return offset + 1;
    }
    if (character === '{') mode.depth++;
    if (character === '}') mode.depth = Math.max(0, mode.depth - 1);
    word.lastIndex = offset;
    previous = word.exec(text)?.[0] ?? character;
    return offset + previous.length;
  }

  function stepTemplate(mode: { start: number }): number {
    const character = text[offset];
    if (character === '\\') return offset + 2;
    const isHole = text.startsWith('${', offset);
    if (character !== '`' && !isHole) return offset + 1;
    regions.push({ kind: 'string', start: mode.start, end: offset });
    if (isHole) {
      modes.push({ kind: 'code', depth: 0 });
      previous = '';
      return offset + 2;
    }
    modes.pop();
    previous = 'string';
    return offset + 1;
  }

  function stepJsxText(mode: { start: number }): number {
    const character = text[offset];
    if (character !== '<' && character !== '{') return offset + 1;
    regions.push({ kind: 'jsxText', start: mode.start, end: offset });
    if (character === '{') {
      modes.push({ kind: 'code', depth: 0 });
      previous = '';
      return offset + 1;
    }
    const isClosing = text[offset + 1] === '/';
    modes.push({ kind: 'jsxTag', start: offset, isClosing, angles: 0 });
    return offset + (isClosing ? 2 : 1);
  }

  function stepJsxTag(mode: { start: number; isClosing: boolean; angles: number }): number {
    const character = text[offset];
    const comment = stepComment();
    if (comment !== undefined) return comment;
    if (character === '"' || character === "'") return stepString(character, false);
    if (character === '{') {
      modes.push({ kind: 'code', depth: 0 });
      previous = '';
      return offset + 1;
    }
    if (character === '<') mode.angles++;
    if (character !== '>') return offset + 1;
    if (mode.angles > 0) {
      mode.angles--;
      return offset + 1;
    }
    regions.push({ kind: 'jsxTag', start: mode.start, end: offset });
    modes.pop();
    if (mode.isClosing) modes.pop();
    else if (text[offset - 1] !== '/') modes.push({ kind: 'jsxText', start: offset });
    const outer = modes[modes.length - 1];
    if ((mode.isClosing || text[offset - 1] === '/') && outer?.kind === 'jsxText') outer.start = offset;
    previous = 'element';
    return offset + 1;
  }

  function stepComment(): number | undefined {
    if (text.startsWith('//', offset)) {
      const end = lineEnd(text, offset);
      regions.push({ kind: 'comment', start: offset, end });
      return end;
    }
    if (!text.startsWith('/*', offset)) return undefined;
    const close = text.indexOf('*/', offset + 2);
    const end = close < 0 ? text.length : close;
    regions.push({ kind: 'comment', start: offset, end });
    return end + 2;
  }

  function stepString(quote: string, hasEscapes: boolean): number {
    const start = offset;
    let end = offset + 1;
    while (end < text.length && text[end] !== quote) {
      if (hasEscapes && text[end] === '\\') end += text.startsWith('\r\n', end + 1) ? 2 : 1;
      else if (hasEscapes && (text[end] === '\n' || text[end] === '\r')) return end;
      end++;
    }
    regions.push({ kind: 'string', start, end: Math.min(end, text.length) });
    return end + 1;
  }

  function matches(pattern: RegExp): boolean {
    pattern.lastIndex = offset;
    return pattern.test(text);
  }
}

/** Offset after the regular expression that starts here; the end of the line when it is not closed. */
function regexEnd(text: string, start: number): number {
  let inClass = false;
  let offset = start + 1;
  for (; offset < text.length && text[offset] !== '\n' && text[offset] !== '\r'; offset++) {
    const character = text[offset];
    if (character === '\\') offset++;
    else if (character === '[') inClass = true;
    else if (character === ']') inClass = false;
    else if (character === '/' && !inClass) return offset + 1;
  }
  return offset;
}
