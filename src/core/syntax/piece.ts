import type { Tree, TreeCursor } from 'web-tree-sitter';
import type { Comment } from '../ir/sourceModule.ts';
import type { Span } from '../text/span.ts';
import type { TextChange } from '../text/textChange.ts';
import { type CopyContext, copyBelow, copyRoot } from './copyTree.ts';
import type { SyntaxNode } from './syntaxTree.ts';

/** What is made of one top-level node, and how it is taken along when the text before it grows or shrinks. */
export interface PieceMaker<Made> {
  /** `root` is a root with the one node below it; the offsets count in the document's text. */
  make(root: SyntaxNode, comments: readonly Comment[]): Made;
  move(made: Made, by: number): void;
}

/** A top-level node; its offsets count in the part. */
interface TopLevelNode extends Span {
  readonly typeId: number;
  /** Nodes below and including it: a cheap check that a node at the same place is the same. */
  readonly size: number;
  /** Has no error inside, so that its text alone decides what it is. */
  readonly isSound: boolean;
}

export interface Piece<Made> extends TopLevelNode {
  /** Offset in the document at which the offsets in `made` are right; `inPlace` takes them to where the node stands. */
  readonly place: number;
  readonly made: Made;
}

/** What was known before an edit, by where it began then. */
export interface KnownPieces<Made> {
  readonly change: TextChange;
  readonly byStart: ReadonlyMap<number, Piece<Made>>;
}

/** Where a parsed text stands. */
export interface PieceContext extends Omit<CopyContext, 'comments'> {
  /** Offset in the part at which the parsed text begins; `base` is the one in the document. */
  readonly offset: number;
}

/**
 * The pieces of a tree: those that an edit left alone as they were, not yet in place, the others made; `undefined` when nothing but
 * errors came out.
 */
export function readPieces<Made>(
  tree: Tree,
  context: PieceContext,
  known: KnownPieces<Made> | undefined,
  maker: PieceMaker<Made>,
): readonly Piece<Made>[] | undefined {
  const pieces: Piece<Made>[] = [];
  const cursor = tree.walk();
  try {
    if (cursor.currentNode.isError) return undefined;
    const emptyRoot = copyRoot(cursor, { ...context, comments: [] });
    if (cursor.gotoFirstChild()) {
      do {
        const node = nodeAt(cursor, context.offset);
        const old = known?.byStart.get(startBefore(node, known.change));
        const isKept = known !== undefined && old !== undefined && isSame(old, node, known.change);
        const place = context.base + node.start - context.offset;
        pieces.push(
          isKept
            ? { ...old, start: node.start, end: node.end }
            : { ...node, place, made: made({ ...emptyRoot }, cursor, context, maker) },
        );
      } while (cursor.gotoNextSibling());
    }
  } finally {
    cursor.delete();
  }
  return hasTies(pieces) ? undefined : pieces;
}

/** The pieces with what was made of them taken to where they stand, in a part that begins at `base`. */
export function inPlace<Made>(
  pieces: readonly Piece<Made>[],
  base: number,
  maker: PieceMaker<Made>,
): readonly Piece<Made>[] {
  return pieces.map((piece) => {
    const place = base + piece.start;
    if (piece.place === place) return piece;
    maker.move(piece.made, place - piece.place);
    return { ...piece, place };
  });
}

function made<Made>(
  root: ReturnType<typeof copyRoot>,
  cursor: TreeCursor,
  context: PieceContext,
  maker: PieceMaker<Made>,
): Made {
  const comments: Comment[] = [];
  copyBelow(root, cursor, { ...context, comments });
  return maker.make(root, comments);
}

function nodeAt(cursor: TreeCursor, offset: number): TopLevelNode {
  const node = cursor.currentNode;
  return {
    start: cursor.startIndex + offset,
    end: cursor.endIndex + offset,
    typeId: cursor.nodeTypeId,
    size: node.descendantCount,
    isSound: !node.hasError && !node.isMissing,
  };
}

/** Where a node that the change left alone began before it. */
function startBefore({ start }: Span, change: TextChange): number {
  return start >= change.newEnd ? start - change.newEnd + change.oldEnd : start;
}

/** Same text, same kind, same number of nodes, no errors: the parser, which begins every top-level node in the same state, made the same of it. */
function isSame(old: TopLevelNode, now: TopLevelNode, change: TextChange): boolean {
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
