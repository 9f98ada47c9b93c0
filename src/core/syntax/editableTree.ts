import { Edit, type Parser, type Point, type Tree } from 'web-tree-sitter';
import type { TextChange } from '../text/textChange.ts';

/** `change` leads from the text parsed or noted last to the one after it, and is absent the first time. */
export interface TreeEdit {
  readonly before: string;
  readonly after: string;
  readonly change: TextChange | undefined;
  /** The tree of the text before then is of no use. */
  readonly expectsErrors: boolean;
}

/**
 * The parser's tree of a text that is being edited. Only a tree without errors is kept and built upon: what error recovery makes
 * of a text depends on how it came about, so a text with errors is parsed as if it had never been seen before. Holds wasm memory
 * until `delete`.
 */
export class EditableTree {
  private sound: Tree | undefined;

  constructor(private readonly parser: Parser) {}

  /** Takes note of an edit whose tree nobody asks for. */
  edit(before: string, after: string, change: TextChange): void {
    this.sound?.edit(editOf(before, after, change));
  }

  /** Tree of the text after an edit, for `read` only; `undefined` when the parser was stopped. */
  update<Result>(
    { before, after, change, expectsErrors }: TreeEdit,
    isTooLate: () => boolean,
    read: (tree: Tree) => Result,
  ): Result | undefined {
    if (change) this.edit(before, after, change);
    const known = this.sound && !expectsErrors ? this.parse(after, this.sound, isTooLate) : undefined;
    if (known?.rootNode.hasError === false) return this.keep(known, read);
    known?.delete();
    const fresh = this.parse(after, null, isTooLate);
    if (fresh?.rootNode.hasError === false) return this.keep(fresh, read);
    return fresh && readOnce(fresh, read);
  }

  /** Tree of a text that is not the whole one, for `read` only. */
  parsePart<Result>(text: string, isTooLate: () => boolean, read: (tree: Tree) => Result): Result | undefined {
    const tree = this.parse(text, null, isTooLate);
    return tree && readOnce(tree, read);
  }

  delete(): void {
    this.sound?.delete();
    this.sound = undefined;
  }

  private parse(text: string, known: Tree | null, isTooLate: () => boolean): Tree | undefined {
    const tree = this.parser.parse(text, known, { progressCallback: isTooLate });
    if (tree) return tree;
    this.parser.reset();
    return undefined;
  }

  private keep<Result>(tree: Tree, read: (tree: Tree) => Result): Result {
    this.sound?.delete();
    this.sound = tree;
    return read(tree);
  }
}

function readOnce<Result>(tree: Tree, read: (tree: Tree) => Result): Result {
  try {
    return read(tree);
  } finally {
    tree.delete();
  }
}

function editOf(before: string, after: string, { start, oldEnd, newEnd }: TextChange): Edit {
  const startPosition = pointAt(before, start, 0, { row: 0, column: 0 });
  return new Edit({
    startIndex: start,
    oldEndIndex: oldEnd,
    newEndIndex: newEnd,
    startPosition,
    oldEndPosition: pointAt(before, oldEnd, start, startPosition),
    newEndPosition: pointAt(after, newEnd, start, startPosition),
  });
}

/** Row and column of `index`, counted on from a place before it. Rows of the parser end at line feeds only. */
function pointAt(text: string, index: number, from: number, point: Point): Point {
  let { row } = point;
  let lineStart = from - point.column;
  for (let feed = text.indexOf('\n', from); feed >= 0 && feed < index; feed = text.indexOf('\n', feed + 1)) {
    row++;
    lineStart = feed + 1;
  }
  return { row, column: index - lineStart };
}
