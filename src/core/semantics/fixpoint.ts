import type { Value } from './value.ts';

const UNKNOWN_VALUES: readonly Value[] = [{ kind: 'unknown' }];
/** More alternatives than this are as good as unknown, and joining them all would cost more than it tells. */
const MOST_VALUES = 12;
/** Evaluations that one question may cost. Values that depend on each other in a tangle end as unknown, not as a hang. */
const MOST_STEPS = 600;

interface Frame {
  readonly depth: number;
  /** Depth of the outermost running evaluation that this one met again: less than `depth` makes its result provisional. */
  lowest: number;
}

/**
 * Evaluation of values that may depend on themselves (`self.model = self.model.to(device)`). A value met again while it is
 * being computed contributes nothing, which gives the least fixed point at the outermost one; only results that do not hang
 * on a running evaluation are kept.
 */
export class Fixpoint {
  private readonly cache = new Map<object, readonly Value[]>();
  private readonly running = new Map<object, Frame>();
  private readonly stack: Frame[] = [];
  private steps = 0;

  of(key: object, compute: () => readonly Value[]): readonly Value[] {
    const cached = this.cache.get(key);
    if (cached) return cached;
    const active = this.running.get(key);
    if (active) {
      const current = this.stack.at(-1);
      if (current) current.lowest = Math.min(current.lowest, active.depth);
      return [];
    }
    return this.start(key, compute);
  }

  /** The running evaluation was cut short: its result is right only for the question being asked and is not kept for others. */
  noteCut(): void {
    const current = this.stack.at(-1);
    if (current) current.lowest = 0;
  }

  private start(key: object, compute: () => readonly Value[]): readonly Value[] {
    if (this.stack.length === 0) this.steps = 0;
    if (++this.steps > MOST_STEPS) {
      this.noteCut();
      return UNKNOWN_VALUES;
    }
    const frame: Frame = { depth: this.stack.length, lowest: this.stack.length };
    this.stack.push(frame);
    this.running.set(key, frame);
    let values: readonly Value[];
    try {
      values = distinct(compute());
    } finally {
      this.running.delete(key);
      this.stack.pop();
    }
    if (frame.lowest >= frame.depth) {
      const found = values.length === 0 ? UNKNOWN_VALUES : values;
      this.cache.set(key, found);
      return found;
    }
    const outer = this.stack.at(-1);
    if (outer) outer.lowest = Math.min(outer.lowest, frame.lowest);
    return values;
  }
}

function distinct(values: readonly Value[]): readonly Value[] {
  if (values.length <= 1) return values;
  const kept: Value[] = [];
  for (const value of values) {
    if (!kept.some((other) => isSame(other, value))) kept.push(value);
    if (kept.length > MOST_VALUES) return UNKNOWN_VALUES;
  }
  return kept;
}

function isSame(left: Value, right: Value): boolean {
  if (left === right) return true;
  if (left.kind === 'constant') return right.kind === 'constant' && left.value === right.value;
  if (left.kind === 'symbol') return right.kind === 'symbol' && left.name === right.name;
  if (left.kind === 'instance')
    return right.kind === 'instance' && left.type === right.type && left.call === right.call;
  if (left.kind === 'collection') return right.kind === 'collection' && left.node === right.node;
  if (left.kind === 'function' || left.kind === 'class')
    return right.kind === left.kind && left.definition === right.definition;
  if (left.kind === 'object')
    return right.kind === 'object' && left.definition === right.definition && left.call === right.call;
  if (left.kind === 'module') return right.kind === 'module' && left.path === right.path;
  if (left.kind === 'unknown') return right.kind === 'unknown';
  return right.kind === left.kind && left.path === right.path && left.definition === right.definition;
}
