import type { Parser, Tree } from 'web-tree-sitter';
import type { Span } from '../text/span.ts';
import { coveringChange, type TextChange, textChange } from '../text/textChange.ts';
import { EditableTree } from './editableTree.ts';
import { editWindow } from './editWindow.ts';
import { firstError } from './firstError.ts';
import { COMMENT, type NodeTable } from './nodeTable.ts';
import { inPlace, type Piece, type PieceMaker, readPieces } from './piece.ts';

/** The part's text as it stands in the document, and as the parser gets it (same length, see `preparedText`). */
export interface PartText {
  readonly source: string;
  readonly parsed: string;
}

interface PartState<Made> {
  readonly text: PartText;
  readonly base: number;
  readonly pieces: readonly Piece<Made>[];
  readonly syntaxError: Span | undefined;
}

/** What a part looks like now: its pieces in source order, or `unreadable` when nothing but errors came out. */
export type PartReading<Made> =
  | { readonly kind: 'pieces'; readonly made: readonly Made[]; readonly syntaxError: Span | undefined }
  | { readonly kind: 'unreadable' | 'stopped' };

/** A text, or one cell of a notebook, that stays open: after an edit only the top-level nodes that the edit touches are made anew. */
export class OpenPart<Made> {
  private state: PartState<Made> | undefined;
  private readonly tree: EditableTree;

  constructor(
    parser: Parser,
    private readonly table: NodeTable,
    private readonly maker: PieceMaker<Made>,
  ) {
    this.tree = new EditableTree(parser);
  }

  get text(): string | undefined {
    return this.state?.text.source;
  }

  /** `base` is where the part begins in `document`. */
  update(document: string, base: number, text: PartText, isTooLate: () => boolean): PartReading<Made> {
    const before = this.state;
    const change =
      before &&
      coveringChange(textChange(before.text.source, text.source), textChange(before.text.parsed, text.parsed));
    if (before && !change) return this.settle({ ...before, base });
    // Whatever goes wrong from here on, the next update must not build upon it.
    this.state = undefined;
    const around = before && change && this.readAround(document, base, text, before, change, isTooLate);
    if (typeof around === 'object') return this.settle(around);
    const state = this.tree.update(
      { before: before?.text.parsed ?? '', after: text.parsed, change, expectsErrors: around === 'has errors' },
      isTooLate,
      (tree) => this.read(tree, document, base, text, before, change),
    );
    if (state === undefined || state === 'unreadable') {
      this.tree.delete();
      return { kind: state ?? 'stopped' };
    }
    return this.settle(state);
  }

  delete(): void {
    this.tree.delete();
    this.state = undefined;
  }

  private settle(state: PartState<Made>): PartReading<Made> {
    const { base, syntaxError } = state;
    const pieces = inPlace(state.pieces, base, this.maker);
    this.state = { ...state, pieces };
    return {
      kind: 'pieces',
      made: pieces.map(({ made }) => made),
      syntaxError: syntaxError && { start: syntaxError.start + base, end: syntaxError.end + base },
    };
  }

  private read(
    tree: Tree,
    document: string,
    base: number,
    text: PartText,
    before: PartState<Made> | undefined,
    change: TextChange | undefined,
  ): PartState<Made> | 'unreadable' {
    const known = before && change && { change, byStart: byStart(before.pieces) };
    const pieces = readPieces(tree, { text: document, base, offset: 0, table: this.table }, known, this.maker);
    return pieces ? { text, base, pieces, syntaxError: firstError(tree, 0) } : 'unreadable';
  }

  /** Parses no more than the nodes that the edit touches and those beside them; `undefined` where that is not to be tried. */
  private readAround(
    document: string,
    base: number,
    text: PartText,
    before: PartState<Made>,
    change: TextChange,
    isTooLate: () => boolean,
  ): PartState<Made> | 'has errors' | undefined {
    if (before.syntaxError) return undefined;
    const isComment = (typeId: number): boolean => this.table.actions[typeId] === COMMENT;
    const window = editWindow(before.pieces, before.text.parsed, change, isComment);
    if (!window) return undefined;
    const { from, to, span, isAnchored } = window;
    const by = change.newEnd - change.oldEnd;
    const old = before.pieces.slice(from, to);
    return this.tree.parsePart(text.parsed.slice(span.start, span.end + by), isTooLate, (tree) => {
      if (tree.rootNode.hasError) return 'has errors';
      const context = { text: document, base: base + span.start, offset: span.start, table: this.table };
      const pieces = readPieces(tree, context, { change, byStart: byStart(old) }, this.maker);
      if (!pieces) return undefined;
      if (isAnchored.first && pieces[0]?.made !== old[0]?.made) return undefined;
      if (isAnchored.last && pieces.at(-1)?.made !== old.at(-1)?.made) return undefined;
      this.tree.edit(before.text.parsed, text.parsed, change);
      const tail = before.pieces.slice(to).map((piece) => ({ ...piece, start: piece.start + by, end: piece.end + by }));
      return { text, base, pieces: [...before.pieces.slice(0, from), ...pieces, ...tail], syntaxError: undefined };
    });
  }
}

function byStart<Made>(pieces: readonly Piece<Made>[]): ReadonlyMap<number, Piece<Made>> {
  return new Map(pieces.map((piece) => [piece.start, piece]));
}
