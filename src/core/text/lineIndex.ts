import type { Position, Range } from './position.ts';
import type { Span } from './span.ts';

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

/** Maps UTF-16 offsets to LSP positions and back. Line ends are LF, CRLF and a lone CR, as in VS Code. */
export class LineIndex {
  private readonly lineStarts: number[] = [0];

  constructor(private readonly text: string) {
    for (let offset = 0; offset < text.length; offset++) {
      const code = text.charCodeAt(offset);
      if (code === CARRIAGE_RETURN && text.charCodeAt(offset + 1) === LINE_FEED) continue;
      if (code === LINE_FEED || code === CARRIAGE_RETURN) this.lineStarts.push(offset + 1);
    }
  }

  get lineCount(): number {
    return this.lineStarts.length;
  }

  /** Offset of the first character of a 0-based line; lines past the end give the text's length. */
  lineStart(line: number): number {
    return this.lineStarts[line] ?? this.text.length;
  }

  lineOf(offset: number): number {
    let low = 0;
    let high = this.lineStarts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.lineStart(middle) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** Text of a 0-based line without its line end. */
  lineText(line: number): string {
    return this.text.slice(this.lineStart(line), this.lineStart(line + 1)).replace(/[\r\n]+$/, '');
  }

  position(offset: number): Position {
    const line = this.lineOf(offset);
    return { line, character: offset - this.lineStart(line) };
  }

  offset(position: Position): number {
    return Math.min(this.lineStart(position.line) + position.character, this.text.length);
  }

  range(span: Span): Range {
    return { start: this.position(span.start), end: this.position(span.end) };
  }
}
