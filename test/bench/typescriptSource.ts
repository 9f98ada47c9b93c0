/** A part of a realistic service; `n` makes names and numbers differ. About 35 lines. */
function block(n: number): string {
  return `
export interface Request${n} {
  readonly id: string;
  readonly texts: readonly string[];
  readonly options?: { readonly limit?: number; readonly language?: 'en' | 'de' };
}

export class Store${n}<Value extends { id: string }> {
  readonly #values = new Map<string, Value>();

  constructor(private readonly limit: number = ${100 + n}) {}

  add(value: Value): this {
    if (this.#values.size >= this.limit) throw new RangeError(\`store ${n} is full: \${this.limit}\`);
    this.#values.set(value.id, value);
    return this;
  }

  find(predicate: (value: Value) => boolean): Value | undefined {
    for (const value of this.#values.values()) if (predicate(value)) return value;
    return undefined;
  }
}

export async function embedAll${n}({ texts, options }: Request${n}): Promise<number[][]> {
  const vectors: number[][] = [];
  for (const text of texts.slice(0, options?.limit ?? ${10 + (n % 9)})) {
    const trimmed = text.trim().toLowerCase();
    if (trimmed === '') continue;
    const output = await extractor(trimmed, { pooling: 'mean', normalize: true });
    vectors.push(Array.from(output.data as Float32Array));
  }
  return vectors.map((vector) => vector.map((value) => Math.round(value * 1e4) / 1e4));
}
`;
}

/** A TypeScript file of exactly `lines` lines, the same on every run. */
export function typescriptSource(lines: number): string {
  const head = `import { pipeline } from '@huggingface/transformers';

const extractor = await pipeline('feature-extraction', 'Xenova/all-MiniLM-L6-v2', { dtype: 'fp32' });
`;
  const text: string[] = head.split('\n');
  for (let n = 0; ; n++) {
    const next = block(n).split('\n');
    // Half a block would be a syntax error.
    if (text.length + next.length > lines) break;
    text.push(...next);
  }
  while (text.length < lines) text.push(`// line ${text.length + 1}`);
  return `${text.join('\n')}\n`;
}
