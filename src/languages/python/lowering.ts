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

  constructor(readonly text: string) {}

  get isTooDeep(): boolean {
    return this.depth >= MAX_DEPTH;
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
