import type { EstimateError } from './estimateRequest.ts';
import { fail } from './estimateRequest.ts';

/** One request to `green-ai estimate-training`. `samples` or `tokens` (of one epoch); parameters are counts. */
export interface TrainingRequest {
  readonly model?: string;
  readonly params?: number;
  readonly hardware?: string;
  readonly devices?: number;
  readonly dtype?: string;
  readonly batch?: number;
  readonly samples?: number;
  readonly tokens?: number;
  readonly sequenceLength?: number;
  readonly epochs?: number;
  readonly region?: string;
  readonly pue?: number;
}

const TEXTS = ['model', 'hardware', 'dtype', 'region'] as const;
const NUMBERS: Readonly<Record<string, { readonly most: number; readonly least?: number }>> = {
  params: { most: 1e14 },
  devices: { most: 1e5, least: 1 },
  batch: { most: 1e6 },
  samples: { most: 1e14 },
  tokens: { most: 1e16 },
  sequenceLength: { most: 1e7 },
  epochs: { most: 1e6 },
  pue: { most: 5, least: 1 },
};

/** Checks the options of `green-ai estimate-training`. */
export function parseTrainingRequest(json: unknown): TrainingRequest | EstimateError {
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
      if (number <= 0 || number < (limits.least ?? 0))
        return fail(
          key,
          `must be ${limits.least === undefined ? 'above 0' : `at least ${limits.least}`}; it is ${number}`,
        );
      if (number > limits.most) return fail(key, `must be at most ${limits.most}; it is ${number}`);
      request[key] = number;
    } else {
      return fail(key, `is not known; known fields: ${[...TEXTS, ...Object.keys(NUMBERS)].join(', ')}`);
    }
  }
  const checked: TrainingRequest = request;
  if (checked.model === undefined && checked.params === undefined)
    return fail('model', 'is missing: give "model" or "params"');
  return checked;
}
