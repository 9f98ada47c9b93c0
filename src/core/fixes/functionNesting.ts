import type { FunctionDefinition } from '../ir/definition.ts';
import { contains, type Span } from '../text/span.ts';

/** Which function holds a place, found by bisection and the functions around it. */
export class FunctionNesting {
  private readonly sorted: readonly FunctionDefinition[];
  private readonly outer = new Map<FunctionDefinition, FunctionDefinition>();

  constructor(functions: readonly FunctionDefinition[]) {
    this.sorted = [...functions].sort((a, b) => a.start - b.start || b.end - a.end);
    const open: FunctionDefinition[] = [];
    for (const definition of this.sorted) {
      while (open.length > 0 && !isInside(definition, open.at(-1))) open.pop();
      const around = open.at(-1);
      if (around) this.outer.set(definition, around);
      open.push(definition);
    }
  }

  /** The innermost function for which `counts` holds and whose parameters or body hold the place. */
  innermost(place: Span, counts: (definition: FunctionDefinition) => boolean): FunctionDefinition | undefined {
    let low = 0;
    let high = this.sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.sorted[middle]?.start ?? 0) <= place.start) low = middle + 1;
      else high = middle;
    }
    let current = this.sorted[low - 1];
    while (current && !(holds(current, place) && counts(current))) current = this.outer.get(current);
    return current;
  }
}

function isInside(inner: Span, outer: Span | undefined): boolean {
  return outer !== undefined && contains(outer, inner);
}

function holds({ bodySpan, parameters }: FunctionDefinition, place: Span): boolean {
  return contains(bodySpan, place) || parameters.some(({ target }) => contains(target, place));
}
