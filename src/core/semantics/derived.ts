import type { Fixpoint } from './fixpoint.ts';

/** What is concluded from values, kept as long as the values that it follows from. */
export class Derived<Conclusion> {
  private readonly settled = new Map<object, Conclusion>();
  private readonly open = new Map<object, Conclusion>();

  constructor(private readonly fixpoint: Fixpoint) {}

  of(key: object, conclude: () => Conclusion): Conclusion {
    // In the middle of an evaluation values are provisional.
    if (this.fixpoint.isEvaluating) return conclude();
    const known = this.settled.get(key) ?? this.open.get(key);
    if (known !== undefined) return known;
    const opened = this.fixpoint.opened;
    const conclusion = conclude();
    (this.fixpoint.opened === opened ? this.settled : this.open).set(key, conclusion);
    return conclusion;
  }

  forget(keys: Iterable<object>): void {
    for (const key of keys) this.settled.delete(key);
  }

  forgetOpen(): void {
    this.open.clear();
  }
}
