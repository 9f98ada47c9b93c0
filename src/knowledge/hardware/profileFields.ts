/** A mistake in a profile file, with the JSON pointer of the place (`/workload/concurrency`; empty: the whole file). */
export interface ProfileError {
  readonly path: string;
  readonly message: string;
}

/** Reads fields of a JSON object, collecting mistakes instead of throwing. */
export class ProfileFields {
  readonly #value: Readonly<Record<string, unknown>>;
  readonly #path: string;
  readonly #errors: ProfileError[];

  constructor(value: Readonly<Record<string, unknown>>, path: string, errors: ProfileError[]) {
    this.#value = value;
    this.#path = path;
    this.#errors = errors;
  }

  has(key: string): boolean {
    return this.#value[key] !== undefined;
  }

  fail(key: string, message: string): void {
    this.#errors.push({ path: key === '' ? this.#path : `${this.#path}/${escapePointer(key)}`, message });
  }

  text(key: string): string | undefined {
    const value = this.#value[key];
    if (value === undefined) return undefined;
    if (typeof value === 'string' && value.trim() !== '') return value.trim();
    this.fail(key, `"${key}" must be a text that is not empty.`);
    return undefined;
  }

  /** A finite number from `least` (or above it, with `above`) to `most`. */
  number(key: string, limits: { least?: number; above?: number; most?: number; whole?: boolean }): number | undefined {
    const value = this.#value[key];
    if (value === undefined) return undefined;
    if (typeof value !== 'number' || !Number.isFinite(value)) {
      this.fail(key, `"${key}" must be a number.`);
      return undefined;
    }
    if (limits.above !== undefined && value <= limits.above) {
      this.fail(key, `"${key}" must be above ${limits.above}; it is ${value}.`);
    } else if (limits.least !== undefined && value < limits.least) {
      this.fail(key, `"${key}" must be at least ${limits.least}; it is ${value}.`);
    } else if (limits.most !== undefined && value > limits.most) {
      this.fail(key, `"${key}" must be at most ${limits.most}; it is ${value}.`);
    } else if (limits.whole === true && !Number.isInteger(value)) {
      this.fail(key, `"${key}" must be a whole number; it is ${value}.`);
    } else {
      return value;
    }
    return undefined;
  }

  object(key: string): ProfileFields | undefined {
    const value = this.#value[key];
    if (value === undefined) return undefined;
    if (isObject(value)) return new ProfileFields(value, `${this.#path}/${escapePointer(key)}`, this.#errors);
    this.fail(key, `"${key}" must be an object.`);
    return undefined;
  }

  /** Reports names that mean nothing here. */
  allow(known: readonly string[]): void {
    for (const key of Object.keys(this.#value)) {
      if (!known.includes(key)) this.fail(key, `"${key}" is not known here; known: ${known.join(', ')}.`);
    }
  }
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function escapePointer(key: string): string {
  return key.replace(/~/g, '~0').replace(/\//g, '~1');
}
