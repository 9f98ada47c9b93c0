import type { Program } from '../../src/core/semantics/program.ts';
import { contains, type Span } from '../../src/core/text/span.ts';
import { enclosing } from './enclosing.ts';

/** True when a place stands under a condition, a handler or a `match` inside the scope: it may run once, or never. */
export function isConditional(program: Program, place: Span, scope: Span): boolean {
  return enclosing(program.module, place).statements.some((node) => {
    if (!contains(scope, node)) return false;
    if (node.kind === 'match') return true;
    if (node.kind === 'if') return !contains(node.test, place);
    return node.kind === 'try' && !node.body.some((inner) => contains(inner, place));
  });
}

/** True where a place runs only after something failed: what the code falls back to, one by one what a batch could not do. */
export function isInHandler(program: Program, place: Span): boolean {
  return enclosing(program.module, place).statements.some(
    (node) => node.kind === 'try' && node.handlers.some(({ body }) => body.some((inner) => contains(inner, place))),
  );
}

/** True when a place never runs: `if False:`, the old way of keeping an alternative in a notebook. */
export function isDead(program: Program, place: Span): boolean {
  return enclosing(program.module, place).statements.some((node) => {
    if (node.kind !== 'if' || !node.consequent.some((inner) => contains(inner, place))) return false;
    const test = program.constant(node.test);
    return test.kind === 'known' && (test.value === false || test.value === 0);
  });
}
