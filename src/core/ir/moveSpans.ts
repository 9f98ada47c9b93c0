import type { Span } from '../text/span.ts';

/** A place while it is being moved. */
interface MovableSpan {
  start: number;
  end: number;
}

/** Every object with a place in a lowered piece of code, each once: nodes, and the spans that nodes hold. */
export function spansIn(roots: readonly Span[]): readonly Span[] {
  const found = new Set<Span>();
  const pending: object[] = [...roots];
  for (let value = pending.pop(); value !== undefined; value = pending.pop()) {
    if (isSpan(value)) {
      if (found.has(value)) continue;
      found.add(value);
    }
    for (const part of Object.values(value)) if (typeof part === 'object' && part !== null) pending.push(part);
  }
  return [...found];
}

/**
 * Moves code that stays as it is to where it stands now. The nodes keep their identity, so that what is known of them can be kept;
 * nobody else may hold on to their offsets.
 */
export function moveSpans(spans: readonly Span[], by: number): void {
  for (const span of spans) {
    const place: MovableSpan = span;
    place.start += by;
    place.end += by;
  }
}

function isSpan(value: object): value is Span {
  return 'start' in value && 'end' in value && typeof value.start === 'number' && typeof value.end === 'number';
}
