/** A request that cannot be answered. */
export interface EstimateError {
  /** What is wrong, beginning with the field's name. */
  readonly error: string;
  readonly field: string;
}

/** What a request may hold. Numbers must be above zero, or at least `least` where it is given. */
export interface RequestFields {
  readonly texts: readonly string[];
  readonly numbers: Readonly<Record<string, NumberLimits>>;
}

export interface NumberLimits {
  readonly most: number;
  readonly least?: number;
  readonly whole?: boolean;
  /** May be written as `7B`, `350M`, `10k`. */
  readonly isCount?: boolean;
}

/** Checks a parsed JSON value field by field; absent, null and empty fields are left out, numbers may be written as texts. */
export function checkFields(
  json: unknown,
  { texts, numbers }: RequestFields,
): { readonly fields: Readonly<Record<string, string | number>> } | EstimateError {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return fail('request', 'must be a JSON object');
  const fields: Record<string, string | number> = {};
  for (const [written, value] of Object.entries(json)) {
    const key = camelCase(written);
    if (value === undefined || value === null || value === '') continue;
    const limits = Object.hasOwn(numbers, key) ? numbers[key] : undefined;
    if (texts.includes(key)) {
      if (typeof value !== 'string') return fail(key, 'must be a text');
      fields[key] = value;
    } else if (limits) {
      const number = typeof value === 'string' ? numberIn(value, limits) : value;
      if (typeof number !== 'number' || !Number.isFinite(number))
        return fail(key, `must be a number, not ${JSON.stringify(value)}`);
      const problem = outside(number, limits);
      if (problem) return fail(key, problem);
      fields[key] = number;
    } else {
      return fail(written, `is not known; known fields: ${[...texts, ...Object.keys(numbers)].join(', ')}`);
    }
  }
  return { fields };
}

/** `input_tokens` and `quant-method` are said of the same fields. */
function camelCase(key: string): string {
  return key.replace(/[-_]([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

const FACTORS: Readonly<Record<string, number>> = { k: 1e3, m: 1e6, b: 1e9, t: 1e12 };

function numberIn(text: string, { isCount }: NumberLimits): number {
  const short = isCount === true ? /^\s*(\d+(?:\.\d+)?)\s*([kmbt])\s*$/i.exec(text) : null;
  return short?.[2] === undefined ? Number(text) : Number(short[1]) * (FACTORS[short[2].toLowerCase()] ?? 1);
}

export function fail(field: string, problem: string): EstimateError {
  return { error: `${field}: ${problem}.`, field };
}

function outside(value: number, limits: NumberLimits): string | undefined {
  if (limits.least === undefined && value <= 0) return `must be above 0; it is ${value}`;
  if (limits.least !== undefined && value < limits.least) return `must be at least ${limits.least}; it is ${value}`;
  if (value > limits.most) return `must be at most ${limits.most}; it is ${value}`;
  return limits.whole === true && !Number.isInteger(value) ? `must be a whole number; it is ${value}` : undefined;
}
