import type { Span } from '../text/span.ts';
import type { TextChange } from '../text/textChange.ts';

/**
 * The top-level nodes around an edit that are parsed on their own, with an untouched one at each end (the anchors). If those come out
 * as they were, what stands between them ends and begins where it does in the whole text, and the rest of the text is as before.
 */
export interface EditWindow {
  /** Indices of the nodes, `to` is the first one after them. */
  readonly from: number;
  readonly to: number;
  /** In the text before the edit; up to where the next node begins. */
  readonly span: Span;
  /** Whether the first and the last node are anchors; they are not where the window reaches the end of the text. */
  readonly isAnchored: { readonly first: boolean; readonly last: boolean };
}

interface TopLevelNode extends Span {
  readonly typeId: number;
}

/**
 * `undefined` where the whole text is to be parsed. Comments do not serve as anchors, since the block to which one belongs depends on
 * what stands around it, nor does what begins inside a line, since Python measures lines from their beginning.
 */
export function editWindow(
  nodes: readonly TopLevelNode[],
  text: string,
  change: TextChange,
  isComment: (typeId: number) => boolean,
): EditWindow | undefined {
  const isAnchor = (node: TopLevelNode | undefined): boolean =>
    node !== undefined && !isComment(node.typeId) && isAtLineStart(text, node.start);
  let from = firstIndex(nodes, ({ end }) => end >= change.start) - 1;
  while (from >= 0 && !isAnchor(nodes[from])) from--;
  let last = firstIndex(nodes, ({ start }) => start > change.oldEnd);
  while (last < nodes.length && !isAnchor(nodes[last])) last++;
  const to = Math.min(last + 1, nodes.length);
  const span = { start: nodes[from]?.start ?? 0, end: nodes[to]?.start ?? text.length };
  // The whole text then costs little more, and its tree is better kept up to date.
  if (span.end - span.start > text.length / 2) return undefined;
  return { from: Math.max(from, 0), to, span, isAnchored: { first: from >= 0, last: last < nodes.length } };
}

function firstIndex<Item>(items: readonly Item[], matches: (item: Item) => boolean): number {
  const index = items.findIndex(matches);
  return index < 0 ? items.length : index;
}

function isAtLineStart(text: string, at: number): boolean {
  return at === 0 || text[at - 1] === '\n';
}
