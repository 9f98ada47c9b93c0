import type { Parser, Tree, TreeCursor } from 'web-tree-sitter';
import type { Comment } from '../ir/sourceModule.ts';
import type { Span } from '../text/span.ts';
import { coveringChange, type TextChange, textChange } from '../text/textChange.ts';
import { type CopyContext, copyBelow, copyRoot } from './copyTree.ts';
import { EditableTree } from './editableTree.ts';
import { firstError } from './firstError.ts';
import type { NodeTable } from './nodeTable.ts';
import type { SyntaxNode } from './syntaxTree.ts';

/** What is made of one top-level node, and how it is taken along when the text before it grows or shrinks. */
export interface PieceMaker<Made> {
  /** `root` is a root with the one node below it; the offsets count in the document's text. */
  make(root: SyntaxNode, comments: readonly Comment[]): Made;
  move(made: Made, by: number): void;
}

/** One top-level node; its offsets count in the part. */
interface Piece<Made> extends Span {
  readonly typeId: number;
  /** Nodes below and including it: a cheap check that a node at the same place is the same. */
  readonly size: number;
  /** Has no error inside, so that its text alone decides what it is. */
  readonly isSound: boolean;
  /** Offset of the part that the offsets in `made` are right for, and where the piece was then. */
  readonly place: number;
  readonly made: Made;
}

/** The part's text as it stands in the document, and as the parser gets it (same length, see `withoutCommentRuns`). */
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
    if (before && !change)
      return this.settle({ ...before, base, pieces: before.pieces.map((piece) => this.at(piece, base + piece.start)) });
    // Whatever goes wrong from here on, the next update must not build upon it.
    this.state = undefined;
    const read = (tree: Tree): PartState<Made> | 'unreadable' => this.read(tree, document, base, text, before, change);
    const state = this.tree.update(before?.text.parsed ?? '', text.parsed, change, isTooLate, read);
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
    this.state = state;
    const { base, syntaxError } = state;
    return {
      kind: 'pieces',
      made: state.pieces.map(({ made }) => made),
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
    const known = new Map(before?.pieces.map((piece) => [piece.start, piece]));
    const pieces: Piece<Made>[] = [];
    const cursor = tree.walk();
    try {
      const root = { text: document, base, table: this.table };
      if (cursor.currentNode.isError) return 'unreadable';
      const emptyRoot = copyRoot(cursor, { ...root, comments: [] });
      if (cursor.gotoFirstChild()) {
        do {
          const place = placeOf(cursor);
          const old = change && known.get(placeBefore(place, change));
          pieces.push(
            old && isSame(old, place, change)
              ? { ...this.at(old, base + place.start), start: place.start, end: place.end }
              : { ...place, place: base + place.start, made: this.make({ ...emptyRoot }, cursor, root) },
          );
        } while (cursor.gotoNextSibling());
      }
    } finally {
      cursor.delete();
    }
    if (hasTies(pieces)) return 'unreadable';
    return { text, base, pieces, syntaxError: firstError(tree, 0) };
  }

  private make(root: ReturnType<typeof copyRoot>, cursor: TreeCursor, context: Omit<CopyContext, 'comments'>): Made {
    const comments: Comment[] = [];
    copyBelow(root, cursor, { ...context, comments });
    return this.maker.make(root, comments);
  }

  private at(piece: Piece<Made>, place: number): Piece<Made> {
    if (piece.place === place) return piece;
    this.maker.move(piece.made, place - piece.place);
    return { ...piece, place };
  }
}

type Place = Omit<Piece<unknown>, 'place' | 'made'>;

function placeOf(cursor: TreeCursor): Place {
  const node = cursor.currentNode;
  return {
    start: cursor.startIndex,
    end: cursor.endIndex,
    typeId: cursor.nodeTypeId,
    size: node.descendantCount,
    isSound: !node.hasError && !node.isMissing,
  };
}

/** Where a node that the change left alone began before it. */
function placeBefore({ start }: Place, change: TextChange): number {
  return start >= change.newEnd ? start - change.newEnd + change.oldEnd : start;
}

/** Same text, same kind, same number of nodes, no errors: the parser, which begins every top-level node in the same state, made the same of it. */
function isSame(old: Place, now: Place, change: TextChange): boolean {
  const isUntouched = now.start >= change.newEnd ? old.start >= change.oldEnd : now.end <= change.start;
  return (
    isUntouched &&
    old.end - old.start === now.end - now.start &&
    old.typeId === now.typeId &&
    old.size === now.size &&
    old.isSound &&
    now.isSound
  );
}

/** Empty nodes can begin where their neighbour does; front ends then order errors and statements each in their own way. */
function hasTies(pieces: readonly Span[]): boolean {
  return pieces.some(({ start }, index) => pieces[index - 1]?.start === start);
}
