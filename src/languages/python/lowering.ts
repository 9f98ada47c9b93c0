import type { Expression, OpaqueExpression } from '../../core/ir/expression.ts';
import type { SyntaxNode } from '../../core/syntax/syntaxTree.ts';
import type { Span } from '../../core/text/span.ts';

/**
 * Nested levels that are lowered; what lies deeper becomes `opaque`. Far above what people write (CPython stops at 200 brackets
 * and 100 indents), room for method chains of a few hundred links, and far below what overflows a stack here or in a later walk.
 */
export const MAX_DEPTH = 500;

/** State of lowering one file. */
export class Lowering {
  depth = 0;
  /** Inside a class body but not in a function of it: functions here are methods. */
  isInClassBody = false;
  /** ERROR nodes inside expressions of the current statement, and expressions that the statement's shape has no place for. */
  readonly leftOver: SyntaxNode[] = [];

  private readonly isAscii: boolean;

  constructor(readonly text: string) {
    this.isAscii = !/[\u0080-\uFFFF]/.test(text);
  }

  get isTooDeep(): boolean {
    return this.depth >= MAX_DEPTH;
  }

  /** An identifier as Python compares it: NFKC, so that `ｆ` and `f` are one name. */
  nameAt(span: Span): string {
    const name = this.text.slice(span.start, span.end);
    return this.isAscii ? name : name.normalize('NFKC');
  }

  textOf(span: Span): string {
    return this.text.slice(span.start, span.end);
  }
}

export function opaque(span: Span, children: readonly Expression[]): OpaqueExpression {
  return { kind: 'opaque', start: span.start, end: span.end, children };
}

/** Stands for a part that is not there because the code is half-typed or wrong. */
export function missingAt(offset: number): OpaqueExpression {
  return { kind: 'opaque', start: offset, end: offset, children: [] };
}
