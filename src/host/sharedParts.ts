/** A part of a message: its value the first time that it crosses, later only its number. */
export interface Shared<T> {
  readonly id: number;
  readonly value?: T;
}

/** Numbers the parts that a worker has been sent. The same object is the same part. */
export class SharedSender<T extends object> {
  private ids = new WeakMap<T, number>();
  private next = 0;
  private oldest = 0;

  /** `most`: parts that the worker keeps; it is told to forget all of them when there are more. */
  constructor(private readonly most: number) {}

  /** To be called before each message. Parts with smaller numbers are not named any more. */
  begin(): number {
    if (this.next - this.oldest >= this.most) {
      this.ids = new WeakMap();
      this.oldest = this.next;
    }
    return this.oldest;
  }

  pack(value: T): Shared<T> {
    const known = this.ids.get(value);
    if (known !== undefined) return { id: known };
    const id = this.next++;
    this.ids.set(value, id);
    return { id, value };
  }
}

/** The worker's side: keeps the parts by their numbers. */
export class SharedReceiver<T extends object> {
  private readonly values = new Map<number, T>();
  private oldest = 0;

  begin(oldest: number): void {
    if (oldest === this.oldest) return;
    this.oldest = oldest;
    for (const id of this.values.keys()) if (id < oldest) this.values.delete(id);
  }

  /** Throws when a part is named that never came. */
  unpack({ id, value }: Shared<T>): T {
    const found = value ?? this.values.get(id);
    if (found === undefined) throw new Error(`part ${id} of a message is missing`);
    this.values.set(id, found);
    return found;
  }
}
