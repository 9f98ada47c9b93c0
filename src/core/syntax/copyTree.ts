import type { Tree, TreeCursor } from 'web-tree-sitter';
import type { Comment } from '../ir/sourceModule.ts';
import { COMMENT, COPY, COPY_FIELD_TOKEN, COPY_LEAF, COPY_TOKEN, DROP, type NodeTable } from './nodeTable.ts';
import type { SyntaxNode } from './syntaxTree.ts';

/** Shared by all nodes without children; never written to. */
const NONE: SyntaxNode[] = [];
/** `ts_builtin_sym_error`: ERROR nodes have this type in every grammar. */
const ERROR_TYPE = 65535;

/** A node while it is being copied. */
export interface MutableNode extends SyntaxNode {
  children: SyntaxNode[];
  tokens: SyntaxNode[];
  errors: SyntaxNode[];
}

/** What a copy needs and collects. */
export interface CopyContext {
  readonly text: string;
  /** Where the parsed part starts in `text`; added to every offset. */
  readonly base: number;
  readonly table: NodeTable;
  readonly comments: Comment[];
}

/** Copies a tree in one cursor walk, without recursion: nesting is limited by memory only. */
export function copyTree(tree: Tree, context: CopyContext): SyntaxNode {
  const cursor = tree.walk();
  try {
    const root = copyRoot(cursor, context);
    if (cursor.gotoFirstChild()) {
      do copyBelow(root, cursor, context);
      while (cursor.gotoNextSibling());
    }
    return root;
  } finally {
    cursor.delete();
  }
}

/** The cursor's node without what is below it. */
export function copyRoot(cursor: TreeCursor, context: CopyContext): MutableNode {
  return copyNode(cursor, typeName(cursor.nodeTypeId, context.table), undefined, context.base);
}

/** Copies the cursor's node with all that is below it into `root`; the cursor ends where it began. */
export function copyBelow(root: MutableNode, cursor: TreeCursor, context: CopyContext): void {
  const top = copyInto(root, cursor, context);
  if (top === undefined || !cursor.gotoFirstChild()) return;
  const ancestors: MutableNode[] = [];
  let parent = top;
  for (;;) {
    const node = copyInto(parent, cursor, context);
    if (node !== undefined && cursor.gotoFirstChild()) {
      ancestors.push(parent);
      parent = node;
      continue;
    }
    while (!cursor.gotoNextSibling()) {
      cursor.gotoParent();
      const grandparent = ancestors.pop();
      if (grandparent === undefined) return;
      parent = grandparent;
    }
  }
}

/** Attaches the cursor's node to its parent; gives it back when its children have to be visited. */
function copyInto(parent: MutableNode, cursor: TreeCursor, context: CopyContext): MutableNode | undefined {
  const { table, base } = context;
  const typeId = cursor.nodeTypeId;
  if (typeId === ERROR_TYPE) {
    const error = copyNode(cursor, 'ERROR', undefined, base);
    parent.errors = append(parent.errors, error);
    return error;
  }
  const action = table.actions[typeId] ?? COPY;
  if (action === DROP) return undefined;
  if (action === COMMENT) {
    const start = cursor.startIndex + base;
    const end = cursor.endIndex + base;
    context.comments.push({ start, end, text: context.text.slice(start, end) });
    return undefined;
  }
  const field = table.fields[cursor.currentFieldId];
  if (action === COPY_TOKEN || action === COPY_FIELD_TOKEN) {
    if (action === COPY_FIELD_TOKEN && field === undefined) return undefined;
    parent.tokens = append(parent.tokens, copyNode(cursor, typeName(typeId, table), field, base));
    return undefined;
  }
  const node = copyNode(cursor, typeName(typeId, table), field, base);
  parent.children = append(parent.children, node);
  return action === COPY_LEAF ? undefined : node;
}

function copyNode(cursor: TreeCursor, type: string, field: string | undefined, base: number): MutableNode {
  const start = cursor.startIndex + base;
  const end = cursor.endIndex + base;
  // Only an empty node can be missing, which spares one call into wasm per node.
  const isMissing = start === end && cursor.nodeIsMissing;
  return { type, start, end, field, isMissing, children: NONE, tokens: NONE, errors: NONE };
}

function append(list: SyntaxNode[], node: SyntaxNode): SyntaxNode[] {
  if (list === NONE) return [node];
  list.push(node);
  return list;
}

function typeName(typeId: number, table: NodeTable): string {
  return table.types[typeId] ?? 'ERROR';
}
