import type { SyntaxNode } from '../../core/syntax/syntaxTree.ts';

/**
 * Nested levels that are lowered; what lies deeper becomes `opaque`. Hand-written code stays below 60. The limit keeps
 * every later recursive walk over the result far from a stack overflow.
 */
const depthLimit = 300;
const none: readonly SyntaxNode[] = [];

/** State of lowering one file. */
export class Lowering {
  private depth = 0;
  private namespaceDepth = 0;
  private errors: Set<SyntaxNode> | undefined;

  constructor(readonly text: string) {}

  /** True inside `namespace N { … }`, whose exports are not exports of the module. */
  get isInsideNamespace(): boolean {
    return this.namespaceDepth > 0;
  }

  /** Runs `lower` some levels deeper, or `tooDeep` where that would pass the limit. */
  nested<Result>(levels: number, lower: () => Result, tooDeep: () => Result): Result {
    if (this.depth + levels > depthLimit) return tooDeep();
    this.depth += levels;
    const result = lower();
    this.depth -= levels;
    return result;
  }

  insideNamespace<Result>(lower: () => Result): Result {
    this.namespaceDepth++;
    const result = lower();
    this.namespaceDepth--;
    return result;
  }

  /** Remembers text that the parser skipped inside a node, so that the statement around it can keep its expressions. */
  keepErrors(node: SyntaxNode): void {
    if (node.errors.length === 0) return;
    this.errors ??= new Set();
    for (const error of node.errors) this.errors.add(error);
  }

  /** Runs `lower` and gives its result with the errors remembered meanwhile, apart from those of statements around it. */
  withErrors<Result>(lower: () => Result): { readonly result: Result; readonly errors: readonly SyntaxNode[] } {
    const outer = this.errors;
    this.errors = undefined;
    const result = lower();
    const errors = this.errors === undefined ? none : [...this.errors];
    this.errors = outer;
    return { result, errors };
  }

  textOf(node: SyntaxNode): string {
    return this.text.slice(node.start, node.end);
  }
}
