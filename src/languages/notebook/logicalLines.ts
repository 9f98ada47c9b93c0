const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const DOUBLE_QUOTE = 34;
const HASH = 35;
const SINGLE_QUOTE = 39;
const BACKSLASH = 92;

/** One physical line, without its line end. */
export interface LogicalLine {
  readonly start: number;
  readonly end: number;
  /** False inside brackets, triple-quoted strings and after a backslash: no magic can start there. */
  readonly startsStatement: boolean;
}

/** State of Python's tokeniser between lines. */
interface ScanState {
  /** Quote code of an open triple-quoted string, 0 outside. */
  quote: number;
  brackets: number;
  isContinued: boolean;
}

/** Lines with what IPython asks of a line before it reads it as a magic. `isMagic` lines are not scanned as Python. */
export function logicalLines(text: string, isMagic: (line: string) => boolean): LogicalLine[] {
  const lines: LogicalLine[] = [];
  const state: ScanState = { quote: 0, brackets: 0, isContinued: false };
  for (let start = 0; start <= text.length; ) {
    const next = lineBreak(text, start);
    const end = next.end;
    const startsStatement = state.quote === 0 && state.brackets === 0 && !state.isContinued;
    lines.push({ start, end, startsStatement });
    if (!startsStatement || !isMagic(text.slice(start, end))) scanLine(text, start, end, state);
    start = next.after;
  }
  return lines;
}

function lineBreak(text: string, start: number): { readonly end: number; readonly after: number } {
  for (let offset = start; offset < text.length; offset++) {
    const code = text.charCodeAt(offset);
    if (code === LINE_FEED) return { end: offset, after: offset + 1 };
    if (code === CARRIAGE_RETURN) {
      return { end: offset, after: offset + (text.charCodeAt(offset + 1) === LINE_FEED ? 2 : 1) };
    }
  }
  return { end: text.length, after: text.length + 1 };
}

function scanLine(text: string, start: number, end: number, state: ScanState): void {
  state.isContinued = false;
  for (let offset = start; offset < end; offset++) {
    const code = text.charCodeAt(offset);
    if (code === BACKSLASH) {
      state.isContinued = offset === end - 1;
      offset++;
    } else if (state.quote !== 0) {
      if (code === state.quote && isTriple(text, offset)) {
        state.quote = 0;
        offset += 2;
      }
    } else if (code === HASH) return;
    else if (code === DOUBLE_QUOTE || code === SINGLE_QUOTE) offset = scanString(text, offset, end, state);
    else state.brackets = Math.max(0, state.brackets + bracketChange(text.charAt(offset)));
  }
}

/** Gives the offset of the string's last character on this line; a triple-quoted string stays open in the state. */
function scanString(text: string, start: number, end: number, state: ScanState): number {
  const quote = text.charCodeAt(start);
  if (isTriple(text, start)) {
    state.quote = quote;
    return start + 2;
  }
  for (let offset = start + 1; offset < end; offset++) {
    const code = text.charCodeAt(offset);
    if (code === quote) return offset;
    if (code === BACKSLASH) {
      state.isContinued = offset === end - 1;
      offset++;
    }
  }
  return end;
}

function isTriple(text: string, offset: number): boolean {
  const code = text.charCodeAt(offset);
  return text.charCodeAt(offset + 1) === code && text.charCodeAt(offset + 2) === code;
}

function bracketChange(character: string): number {
  if (character === '(' || character === '[' || character === '{') return 1;
  return character === ')' || character === ']' || character === '}' ? -1 : 0;
}
