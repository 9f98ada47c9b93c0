import type { SourceModule } from '../../../src/core/ir/sourceModule.ts';
import { contains, type Span } from '../../../src/core/text/span.ts';

interface Visit {
  readonly value: unknown;
  readonly parent: Span;
  readonly path: string;
}

/**
 * Places of a module whose span is not `0 <= start <= end <= length` or lies outside the node that holds it.
 * `isException` names what is documented to lie elsewhere.
 */
export function spanProblems(
  module: SourceModule,
  isException: (path: string) => boolean = () => false,
): readonly string[] {
  const problems: string[] = [];
  const whole: Span = { start: 0, end: module.text.length };
  const pending: Visit[] = [{ value: module.body, parent: whole, path: 'body' }];
  for (let visit = pending.pop(); visit !== undefined; visit = pending.pop()) {
    const { value, parent, path } = visit;
    if (typeof value !== 'object' || value === null) continue;
    const span = isSpan(value) ? value : parent;
    if (!contains(whole, span)) problems.push(`${path}: ${span.start}-${span.end} outside the text`);
    if (span.start > span.end) problems.push(`${path}: ${span.start} > ${span.end}`);
    if (!contains(parent, span) && !isException(path)) {
      problems.push(`${path}: ${span.start}-${span.end} outside ${parent.start}-${parent.end}`);
    }
    for (const [name, child] of Object.entries(value))
      pending.push({ value: child, parent: span, path: `${path}.${name}` });
  }
  return problems;
}

function isSpan(value: object): value is Span {
  return 'start' in value && 'end' in value && typeof value.start === 'number' && typeof value.end === 'number';
}
