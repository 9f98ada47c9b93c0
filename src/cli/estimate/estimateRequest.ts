import { checkFields, type EstimateError, fail, type RequestFields } from './checkFields.ts';
import type { ClassicalRequest } from './classicalWorkload.ts';

/** One request to `green-ai estimate`; parameters are counts (7e9). */
export interface EstimateRequest extends ClassicalRequest {
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
  /** Length of the sound, for speech models. */
  readonly audioSeconds?: number;
  /** Tokens of one text, for encoders; the same as `inputTokens`. */
  readonly sequenceLength?: number;
  /** What a model of `params` parameters is: llm (assumed), encoder, vision, speech, diffusion. */
  readonly kind?: string;
  /** Rows that a classical learner is asked for. */
  readonly rows?: number;
  readonly region?: string;
  readonly pue?: number;
}

const FIELDS: RequestFields = {
  texts: ['model', 'hardware', 'dtype', 'quantMethod', 'engine', 'kind', 'learner', 'region'],
  numbers: {
    params: { most: 1e14, isCount: true },
    active: { most: 1e14, isCount: true },
    devices: { most: 1e5, least: 1, whole: true },
    batch: { most: 1e6 },
    inputTokens: { most: 1e8, least: 0 },
    outputTokens: { most: 1e8 },
    width: { most: 1e5 },
    height: { most: 1e5 },
    steps: { most: 1e5 },
    frames: { most: 1e6 },
    audioSeconds: { most: 1e7 },
    sequenceLength: { most: 1e8 },
    rows: { most: 1e14, isCount: true },
    features: { most: 1e9, whole: true },
    estimators: { most: 1e9, whole: true },
    pue: { most: 5, least: 1 },
  },
};

/** Checks a parsed JSON value (one line of `--stdin`, or the options of the command line). */
export function parseEstimateRequest(json: unknown): EstimateRequest | EstimateError {
  const found = checkFields(json, FIELDS);
  if ('error' in found) return found;
  const checked: EstimateRequest = found.fields;
  if (checked.model === undefined && checked.params === undefined && checked.learner === undefined)
    return fail('model', 'is missing: give "model" or "params"');
  if (checked.active !== undefined && checked.params !== undefined && checked.active > checked.params) {
    return fail('active', `must not exceed params (${checked.params}); it is ${checked.active}`);
  }
  return checked;
}
