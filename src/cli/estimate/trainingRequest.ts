import { checkFields, type EstimateError, fail, type RequestFields } from './checkFields.ts';
import type { ClassicalRequest } from './classicalWorkload.ts';

/** One request to `green-ai estimate-training`. `samples` or `tokens` (of one epoch); parameters are counts. */
export interface TrainingRequest extends ClassicalRequest {
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

const FIELDS: RequestFields = {
  texts: ['model', 'hardware', 'dtype', 'learner', 'region'],
  numbers: {
    params: { most: 1e14, isCount: true },
    devices: { most: 1e5, least: 1, whole: true },
    batch: { most: 1e6 },
    samples: { most: 1e14, isCount: true },
    tokens: { most: 1e16, isCount: true },
    sequenceLength: { most: 1e7 },
    epochs: { most: 1e6 },
    features: { most: 1e9, whole: true },
    estimators: { most: 1e9, whole: true },
    pue: { most: 5, least: 1 },
  },
};

/** Checks the options of `green-ai estimate-training`. */
export function parseTrainingRequest(json: unknown): TrainingRequest | EstimateError {
  const found = checkFields(json, FIELDS);
  if ('error' in found) return found;
  const checked: TrainingRequest = found.fields;
  if (checked.model === undefined && checked.params === undefined && checked.learner === undefined)
    return fail('model', 'is missing: give "model" or "params"');
  return checked;
}
