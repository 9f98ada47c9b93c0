import type { Node, Tree } from 'web-tree-sitter';
import type { Span } from '../text/span.ts';

/**
 * Where the parser first met something that it could not understand or that is missing; `base` is added to the offsets.
 * `undefined` for a tree without errors. Asks the parser's own tree: the copy leaves out missing signs.
 */
export function firstError(tree: Tree, base: number): Span | undefined {
  let node: Node | undefined = tree.rootNode.hasError ? tree.rootNode : undefined;
  while (node !== undefined && !node.isError && !node.isMissing) {
    node = node.children.find((child) => child !== null && (child.hasError || child.isMissing)) ?? undefined;
  }
  return node && { start: node.startIndex + base, end: node.endIndex + base };
}
