/** One request to `green-ai estimate`; parameters are counts (7e9). */
export interface EstimateRequest {
  readonly model?: string;
  readonly params?: number;
  readonly active?: number;
  readonly hardware?: string;
  readonly devices?: number;
  readonly dtype?: string;
  readonly quantMethod?: string;
  readonly engine?: string;
  readonly batch?: number;
  readonly inputTokens?: number;
  readonly outputTokens?: number;
  /** Pictures and videos: size in pixels, denoising steps, frames. */
  readonly width?: number;
  readonly height?: number;
  readonly steps?: number;
  readonly frames?: number;
  readonly region?: string;
  readonly pue?: number;
}

export interface EstimateError {
  /** What is wrong, beginning with the field's name. */
  readonly error: string;
  readonly field: string;
}

const TEXTS = ['model', 'hardware', 'dtype', 'quantMethod', 'engine', 'region'] as const;
const NUMBERS: Readonly<Record<string, { readonly most: number; readonly least?: number; readonly whole?: boolean }>> =
  {
    params: { most: 1e14 },
    active: { most: 1e14 },
    devices: { most: 1e5, least: 1, whole: true },
    batch: { most: 1e6 },
    inputTokens: { most: 1e8, least: 0 },
    outputTokens: { most: 1e8 },
    width: { most: 1e5 },
    height: { most: 1e5 },
    steps: { most: 1e5 },
    frames: { most: 1e6 },
    pue: { most: 5, least: 1 },
  };

/** Checks a parsed JSON value (one line of `--stdin`, or the options of the command line). */
export function parseEstimateRequest(json: unknown): EstimateRequest | EstimateError {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return fail('request', 'must be a JSON object');
  const request: Record<string, string | number> = {};
  for (const [key, value] of Object.entries(json)) {
    if (value === undefined || value === null || value === '') continue;
    const limits = Object.hasOwn(NUMBERS, key) ? NUMBERS[key] : undefined;
    if (TEXTS.some((text) => text === key)) {
      if (typeof value !== 'string') return fail(key, 'must be a text');
      request[key] = value;
    } else if (limits) {
      const number = typeof value === 'string' ? Number(value) : value;
      if (typeof number !== 'number' || !Number.isFinite(number))
        return fail(key, `must be a number, not ${JSON.stringify(value)}`);
      const problem = outside(number, limits);
      if (problem) return fail(key, problem);
      request[key] = number;
    } else {
      return fail(key, `is not known; known fields: ${[...TEXTS, ...Object.keys(NUMBERS)].join(', ')}`);
    }
  }
  const checked: EstimateRequest = request;
  if (checked.model === undefined && checked.params === undefined)
    return fail('model', 'is missing: give "model" or "params"');
  if (checked.active !== undefined && checked.params !== undefined && checked.active > checked.params) {
    return fail('active', `must not exceed params (${checked.params}); it is ${checked.active}`);
  }
  return checked;
}

export function fail(field: string, problem: string): EstimateError {
  return { error: `${field}: ${problem}.`, field };
}

function outside(
  value: number,
  limits: { readonly most: number; readonly least?: number; readonly whole?: boolean },
): string | undefined {
  if (limits.least === undefined && value <= 0) return `must be above 0; it is ${value}`;
  if (limits.least !== undefined && value < limits.least) return `must be at least ${limits.least}; it is ${value}`;
  if (value > limits.most) return `must be at most ${limits.most}; it is ${value}`;
  return limits.whole === true && !Number.isInteger(value) ? `must be a whole number; it is ${value}` : undefined;
}
