import type { Tree, TreeCursor } from 'web-tree-sitter';
import type { Comment } from '../ir/sourceModule.ts';
import { COMMENT, COPY, COPY_FIELD_TOKEN, COPY_LEAF, COPY_TOKEN, DROP, type NodeTable } from './nodeTable.ts';
import type { SyntaxNode } from './syntaxTree.ts';

const NONE: readonly SyntaxNode[] = Object.freeze([]);
/** `ts_builtin_sym_error`: ERROR nodes have this type in every grammar. */
const ERROR_TYPE = 65535;

interface MutableNode extends SyntaxNode {
  children: SyntaxNode[] | readonly SyntaxNode[];
  tokens: SyntaxNode[] | readonly SyntaxNode[];
  errors: SyntaxNode[] | readonly SyntaxNode[];
}

export interface CopiedTree {
  readonly root: SyntaxNode;
  readonly comments: readonly Comment[];
}

/** Copies a tree in one cursor walk, without recursion: nesting is limited by memory only. */
export function copyTree(tree: Tree, text: string, table: NodeTable): CopiedTree {
  const cursor = tree.walk();
  try {
    return walk(cursor, text, table);
  } finally {
    cursor.delete();
  }
}

function walk(cursor: TreeCursor, text: string, table: NodeTable): CopiedTree {
  const comments: Comment[] = [];
  const root = copyNode(cursor, typeName(cursor.nodeTypeId, table), undefined);
  const ancestors: MutableNode[] = [];
  let parent = root;
  if (!cursor.gotoFirstChild()) return { root, comments };
  for (;;) {
    const node = copyInto(parent, cursor, text, table, comments);
    if (node !== undefined && cursor.gotoFirstChild()) {
      ancestors.push(parent);
      parent = node;
      continue;
    }
    while (!cursor.gotoNextSibling()) {
      const grandparent = ancestors.pop();
      if (grandparent === undefined) return { root, comments };
      cursor.gotoParent();
      parent = grandparent;
    }
  }
}

/** Attaches the cursor's node to its parent; gives it back when its children have to be visited. */
function copyInto(
  parent: MutableNode,
  cursor: TreeCursor,
  text: string,
  table: NodeTable,
  comments: Comment[],
): MutableNode | undefined {
  const typeId = cursor.nodeTypeId;
  if (typeId === ERROR_TYPE) {
    const error = copyNode(cursor, 'ERROR', undefined);
    parent.errors = append(parent.errors, error);
    return error;
  }
  const action = table.actions[typeId] ?? COPY;
  if (action === DROP) return undefined;
  if (action === COMMENT) {
    const start = cursor.startIndex;
    const end = cursor.endIndex;
    comments.push({ start, end, text: text.slice(start, end) });
    return undefined;
  }
  const field = table.fields[cursor.currentFieldId];
  if (action === COPY_TOKEN || action === COPY_FIELD_TOKEN) {
    if (action === COPY_FIELD_TOKEN && field === undefined) return undefined;
    parent.tokens = append(parent.tokens, copyNode(cursor, typeName(typeId, table), field));
    return undefined;
  }
  const node = copyNode(cursor, typeName(typeId, table), field);
  parent.children = append(parent.children, node);
  return action === COPY_LEAF ? undefined : node;
}

function copyNode(cursor: TreeCursor, type: string, field: string | undefined): MutableNode {
  const start = cursor.startIndex;
  const end = cursor.endIndex;
  // Only an empty node can be missing, which spares one call into wasm per node.
  const isMissing = start === end && cursor.nodeIsMissing;
  return { type, start, end, field, isMissing, children: NONE, tokens: NONE, errors: NONE };
}

function append(list: SyntaxNode[] | readonly SyntaxNode[], node: SyntaxNode): SyntaxNode[] | readonly SyntaxNode[] {
  if (list === NONE) return [node];
  (list as SyntaxNode[]).push(node);
  return list;
}

function typeName(typeId: number, table: NodeTable): string {
  return table.types[typeId] ?? 'ERROR';
}
