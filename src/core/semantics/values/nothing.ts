import type { LiteralExpression } from '../../ir/expression.ts';
import type { Span } from '../../text/span.ts';

/** None or undefined that nobody wrote; stands at the end of the code that gives it, also when code above grows. */
export class NothingAtEnd implements LiteralExpression {
  readonly kind = 'literal';
  readonly value = null;

  constructor(private readonly code: Span) {}

  get start(): number {
    return this.code.end;
  }

  get end(): number {
    return this.code.end;
  }
}
