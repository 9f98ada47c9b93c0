import type { AnalysisDocument } from '../engine/document.ts';
import type { Call, Program } from '../semantics/program.ts';
import type { Span } from '../text/span.ts';

/** A line of a file or of a notebook's cell, 0-based. */
export interface LineAddress {
  readonly cell?: number;
  readonly line: number;
}

/** The places that belong to one line: what starts there, and calls that run over several lines of which it is one. */
export class WatchedLine {
  private readonly spanning: ReadonlySet<string>;

  private constructor(
    readonly span: Span,
    program: Program,
  ) {
    this.spanning = new Set(program.calls.filter((call) => this.isPartOf(call)).map(({ node }) => key(node)));
  }

  /** `undefined` when there is no such line. */
  static find(document: AnalysisDocument, program: Program, address: LineAddress): WatchedLine | undefined {
    for (let line = 0; line < document.lines.lineCount; line++) {
      const start = document.lines.lineStart(line);
      const placed = document.place({ start, end: start });
      if (placed?.cell !== address.cell || placed?.range.start.line !== address.line) continue;
      return new WatchedLine({ start, end: start + document.lines.lineText(line).length }, program);
    }
    return undefined;
  }

  holds(span: Span): boolean {
    return this.isStart(span) || this.spanning.has(key(span));
  }

  private isStart({ start }: Span): boolean {
    return start >= this.span.start && start <= this.span.end;
  }

  /** A call around the line; not one that only hands over a function that holds the line. */
  private isPartOf({ node }: Call): boolean {
    if (node.start > this.span.start || node.end <= this.span.start) return false;
    return !node.args.some(({ value }) => value.kind === 'function' && contains(value, this.span));
  }
}

function contains(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && outer.end >= inner.end;
}

function key({ start, end }: Span): string {
  return `${start}:${end}`;
}
