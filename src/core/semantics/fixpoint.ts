import type { Value } from './value.ts';

const UNKNOWN_VALUES: readonly Value[] = [{ kind: 'unknown' }];
/** More alternatives than this are as good as unknown, and joining them all would cost more than it tells. */
const MOST_VALUES = 12;
/** Evaluations that hang on each other and that one question may cost: values in a tangle end as unknown, not as a hang. */
const MOST_TANGLED = 600;
/** Evaluations that may wait for each other: far above what code needs, far below what overflows a stack. */
const MOST_DEPTH = 300;
/** Own functions are looked through this many calls deep. */
const MOST_HOPS = 6;

/** A value that follows from the code alone, whatever was asked before. */
interface Settled {
  readonly values: readonly Value[];
  /** Evaluations and calls of own functions that its evaluation stacks up. */
  readonly height: number;
  readonly hops: number;
}

interface Frame {
  readonly depth: number;
  readonly hops: number;
  /** Depth of the outermost running evaluation that this one met again: less than `depth` makes its result provisional. */
  lowest: number;
  /** Met itself on the way, or a value that may be another one after an edit elsewhere. */
  isOpen: boolean;
  /** Deepest evaluation and most calls below it. */
  deepest: number;
  mostHops: number;
}

/**
 * Evaluation of values that may depend on themselves (`self.model = self.model.to(device)`). A value met again while it is
 * being computed contributes nothing, which gives the least fixed point at the outermost one; only results that do not hang
 * on a running evaluation are kept.
 *
 * What is settled does not depend on the order of the questions: a limit is reached, and makes the whole question unknown, whether
 * or not its parts were known before. So settled values can be kept over edits (`forget`), and the open ones are found again in the
 * same way as in a fresh evaluation (`forgetOpen`).
 */
export class Fixpoint {
  private readonly settled = new Map<object, Settled>();
  private readonly open = new Map<object, readonly Value[]>();
  private readonly running = new Map<object, Frame>();
  private readonly stack: Frame[] = [];
  private tangled = 0;
  private hops = 0;
  /** The running question has reached a limit: nothing more is evaluated for it. */
  private isExhausted = false;
  private openAnswers = 0;

  /** Grows with every answer that is not settled. */
  get opened(): number {
    return this.openAnswers;
  }

  get isEvaluating(): boolean {
    return this.stack.length > 0;
  }

  of(key: object, compute: () => readonly Value[]): readonly Value[] {
    if (this.isExhausted && this.stack.length > 0) return UNKNOWN_VALUES;
    const settled = this.settled.get(key);
    if (settled) return this.reach(settled);
    const open = this.open.get(key);
    if (open) {
      this.noteOpen();
      return open;
    }
    const active = this.running.get(key);
    if (active) {
      const current = this.stack.at(-1);
      if (current) current.lowest = Math.min(current.lowest, active.depth);
      this.noteOpen();
      return [];
    }
    return this.start(key, compute);
  }

  /** `of` for what calling an own function gives. */
  ofCall(key: object, compute: () => readonly Value[]): readonly Value[] {
    if (this.hops >= MOST_HOPS) return this.exhaust();
    this.hops++;
    try {
      this.noteHops(this.hops);
      return this.of(key, compute);
    } finally {
      this.hops--;
    }
  }

  /** The running evaluation has used something that an edit anywhere in the file may change. */
  noteOpen(): void {
    this.openAnswers++;
    const current = this.stack.at(-1);
    if (current) current.isOpen = true;
  }

  /** Drops the settled values of code that an edit may have given others. */
  forget(keys: Iterable<object>): void {
    for (const key of keys) this.settled.delete(key);
  }

  /** Drops every value that is not settled: at the beginning of each round of questions. */
  forgetOpen(): void {
    this.open.clear();
  }

  /** A settled value counts as if it were evaluated here. */
  private reach({ values, height, hops }: Settled): readonly Value[] {
    const current = this.stack.at(-1);
    if (!current) return values;
    const depth = current.depth + height;
    if (depth > MOST_DEPTH || this.hops + hops > MOST_HOPS) return this.exhaust();
    current.deepest = Math.max(current.deepest, depth);
    this.noteHops(this.hops + hops);
    return values;
  }

  private begin(): void {
    this.tangled = 0;
    this.isExhausted = false;
  }

  private start(key: object, compute: () => readonly Value[]): readonly Value[] {
    const depth = this.stack.length + 1;
    if (depth === 1) this.begin();
    if (depth > MOST_DEPTH) return this.exhaust();
    const frame: Frame = { depth, hops: this.hops, lowest: depth, isOpen: false, deepest: depth, mostHops: this.hops };
    this.stack.push(frame);
    this.running.set(key, frame);
    let values: readonly Value[];
    try {
      values = distinct(compute());
    } finally {
      this.running.delete(key);
      this.stack.pop();
    }
    const answer = this.isExhausted ? this.finishExhausted(key, frame) : this.finish(key, frame, values);
    const outer = this.stack.at(-1);
    if (outer) {
      outer.isOpen ||= frame.isOpen;
      outer.deepest = Math.max(outer.deepest, frame.deepest);
      outer.mostHops = Math.max(outer.mostHops, frame.mostHops);
    }
    return answer;
  }

  private finish(key: object, frame: Frame, values: readonly Value[]): readonly Value[] {
    const outer = this.stack.at(-1);
    if (frame.isOpen && ++this.tangled > MOST_TANGLED && outer) return this.exhaust();
    if (frame.lowest < frame.depth) {
      if (outer) outer.lowest = Math.min(outer.lowest, frame.lowest);
      return values;
    }
    const found = values.length === 0 ? UNKNOWN_VALUES : values;
    if (frame.isOpen) this.open.set(key, found);
    else
      this.settled.set(key, {
        values: found,
        height: frame.deepest - frame.depth + 1,
        hops: frame.mostHops - frame.hops,
      });
    return found;
  }

  /** Only the question itself is known to be unknown: its parts are not when they are asked for alone. */
  private finishExhausted(key: object, frame: Frame): readonly Value[] {
    if (this.stack.length > 0) return UNKNOWN_VALUES;
    if (frame.isOpen) this.open.set(key, UNKNOWN_VALUES);
    else this.settled.set(key, { values: UNKNOWN_VALUES, height: MOST_DEPTH, hops: MOST_HOPS + 1 });
    return UNKNOWN_VALUES;
  }

  private exhaust(): readonly Value[] {
    // Outside of every evaluation there is no question to give up.
    if (this.stack.length > 0) this.isExhausted = true;
    return UNKNOWN_VALUES;
  }

  private noteHops(hops: number): void {
    const current = this.stack.at(-1);
    if (current) current.mostHops = Math.max(current.mostHops, hops);
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
