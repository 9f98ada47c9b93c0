import type { Comment, Language } from '../ir/sourceModule.ts';
import type { Span } from '../text/span.ts';

/**
 * One file as parsed: plain objects, so that no memory of the parser is held after the copy.
 * Only the front ends in src/languages know the node names of a grammar.
 */
export interface SyntaxTree {
  readonly language: Language;
  readonly text: string;
  readonly root: SyntaxNode;
  /** Comments in source order. They are not among the nodes' children. */
  readonly comments: readonly Comment[];
  /** True when the tree has an ERROR or a MISSING node. */
  readonly hasErrors: boolean;
  /** The first of them. */
  readonly syntaxError?: Span;
}

/** Offsets are UTF-16 code units into `SyntaxTree.text`. */
export interface SyntaxNode extends Span {
  /** Node name of the grammar, `ERROR` for text that the parser skipped. Always an interned string: cheap to compare and to look up. */
  readonly type: string;
  /** Name of the field that the parent knows this node by. */
  readonly field: string | undefined;
  /** The parser invented this node to go on; its span is empty. */
  readonly isMissing: boolean;
  /** Named children in source order, without comments, line continuations and ERROR nodes. */
  readonly children: readonly SyntaxNode[];
  /** Anonymous children that carry a field (operators), and keywords and signs that tell constructs apart (`async`, `static`, `?.`, `*`). */
  readonly tokens: readonly SyntaxNode[];
  /** ERROR nodes met among the children: kept apart so that the rest keeps its usual shape. */
  readonly errors: readonly SyntaxNode[];
}

/** Why there is no tree. `isFatal`: the parser's memory can no longer be trusted; the process that holds it has to be replaced. */
export interface ParseFailure {
  readonly kind: 'parse-failure';
  readonly reason: string;
  readonly isFatal: boolean;
}

export type ParseResult = SyntaxTree | ParseFailure;

export function isParseFailure(result: ParseResult): result is ParseFailure {
  return 'kind' in result;
}

/** First child, named or token, with the given field. */
export function childByField(node: SyntaxNode, field: string): SyntaxNode | undefined {
  for (const child of node.children) {
    if (child.field === field) return child;
  }
  for (const token of node.tokens) {
    if (token.field === field) return token;
  }
  return undefined;
}

export function childrenByField(node: SyntaxNode, field: string): readonly SyntaxNode[] {
  return node.children.filter((child) => child.field === field);
}

export function childByType(node: SyntaxNode, type: string): SyntaxNode | undefined {
  for (const child of node.children) {
    if (child.type === type) return child;
  }
  return undefined;
}

export function hasToken(node: SyntaxNode, type: string): boolean {
  for (const token of node.tokens) {
    if (token.type === type) return true;
  }
  return false;
}
