/** Reads fields of a parsed `config.json`, whose names differ between architectures and whose values may be anything. */
export class ConfigReader {
  readonly #values: Readonly<Record<string, unknown>>;

  constructor(values: unknown) {
    this.#values = isTable(values) ? values : {};
  }

  get modelType(): string {
    return this.text('model_type') ?? this.architectures[0]?.toLowerCase() ?? '';
  }

  get architectures(): readonly string[] {
    const value = this.#values['architectures'];
    return Array.isArray(value) ? value.filter((name) => typeof name === 'string') : [];
  }

  /** The first of the names that holds a count. */
  count(...names: readonly string[]): number | undefined {
    for (const name of names) {
      const value = this.#values[name];
      if (typeof value === 'number' && Number.isFinite(value) && value > 0 && value < 1e12) return value;
    }
    return undefined;
  }

  text(name: string): string | undefined {
    const value = this.#values[name];
    return typeof value === 'string' ? value : undefined;
  }

  flag(name: string): boolean | undefined {
    const value = this.#values[name];
    return typeof value === 'boolean' ? value : undefined;
  }

  /** A part with a configuration of its own (`text_config`, `vision_config`). */
  part(name: string): ConfigReader | undefined {
    const value = this.#values[name];
    return isTable(value) ? new ConfigReader(value) : undefined;
  }

  list(name: string): readonly unknown[] {
    const value = this.#values[name];
    return Array.isArray(value) ? value : [];
  }
}

function isTable(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
