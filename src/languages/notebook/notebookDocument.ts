import type { NotebookCell } from '../../core/engine/analysis.ts';
import type { Span } from '../../core/text/span.ts';
import { blankMagics } from './magics.ts';

/** Place of one Python cell in the joined text. */
export interface CellSegment extends Span {
  /** Counts all cells of the notebook from 0. */
  readonly cell: number;
}

export interface CellSpan {
  readonly cell: number;
  /** Offsets inside the cell's own text. */
  readonly span: Span;
}

/**
 * The Python cells of a notebook as one text, each followed by a line feed. Magics are replaced by Python of the same
 * length, so that offsets inside a cell are those of the user's text. Parse it with `segments` as parts.
 */
export class NotebookDocument {
  readonly text: string;
  readonly segments: readonly CellSegment[];

  constructor(readonly cells: readonly NotebookCell[]) {
    const segments: CellSegment[] = [];
    const texts: string[] = [];
    let offset = 0;
    cells.forEach(({ language, text }, cell) => {
      if (language !== 'python') return;
      texts.push(blankMagics(text), '\n');
      segments.push({ cell, start: offset, end: offset + text.length });
      offset += text.length + 1;
    });
    this.text = texts.join('');
    this.segments = segments;
  }

  /** Where a span of the joined text lies; undefined when it crosses cells, since no cell can show or edit it. */
  cellSpan(span: Span): CellSpan | undefined {
    const segment = this.segmentAt(span.start);
    if (segment === undefined || span.end > segment.end || span.end < span.start) return undefined;
    return { cell: segment.cell, span: { start: span.start - segment.start, end: span.end - segment.start } };
  }

  /** The span of the joined text for a place in a cell; undefined for cells that are not Python or too short for it. */
  documentSpan({ cell, span }: CellSpan): Span | undefined {
    const segment = this.segments.find((candidate) => candidate.cell === cell);
    if (segment === undefined || span.start < 0 || segment.start + span.end > segment.end) return undefined;
    return { start: segment.start + span.start, end: segment.start + span.end };
  }

  private segmentAt(offset: number): CellSegment | undefined {
    let low = 0;
    let high = this.segments.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.segments[middle]?.start ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    const segment = this.segments[low];
    return segment !== undefined && segment.start <= offset && offset <= segment.end ? segment : undefined;
  }
}
