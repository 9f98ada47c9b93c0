import type { Program } from '../../src/core/semantics/program.ts';
import { contains, type Span } from '../../src/core/text/span.ts';
import { enclosing } from './enclosing.ts';

/** True where a place runs only after something failed: one by one what the batch could not do. */
export function isFallback(program: Program, place: Span): boolean {
  return enclosing(program.module, place).statements.some(
    (statement) =>
      statement.kind === 'try' && statement.handlers.some(({ body }) => body.some((inner) => contains(inner, place))),
  );
}
