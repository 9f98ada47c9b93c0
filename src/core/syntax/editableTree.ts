import { Edit, type Parser, type Point, type Tree } from 'web-tree-sitter';
import type { TextChange } from '../text/textChange.ts';

/**
 * The parser's tree of a text that is being edited. Only a tree without errors is kept and built upon: what error recovery makes
 * of a text depends on how it came about, so a text with errors is parsed as if it had never been seen before. Holds wasm memory
 * until `delete`.
 */
export class EditableTree {
  private sound: Tree | undefined;

  constructor(private readonly parser: Parser) {}

  /**
   * Tree of `after`, for `read` only; `undefined` when the parser was stopped. `change` leads there from the text parsed before,
   * and is absent the first time.
   */
  update<Result>(
    before: string,
    after: string,
    change: TextChange | undefined,
    isTooLate: () => boolean,
    read: (tree: Tree) => Result,
  ): Result | undefined {
    if (change) this.sound?.edit(editOf(before, after, change));
    const known = this.sound && this.parse(after, this.sound, isTooLate);
    if (known?.rootNode.hasError === false) return this.keep(known, read);
    known?.delete();
    const fresh = this.parse(after, null, isTooLate);
    if (fresh?.rootNode.hasError === false) return this.keep(fresh, read);
    if (!fresh) return undefined;
    try {
      return read(fresh);
    } finally {
      fresh.delete();
    }
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
