import type { Workload } from './workload.ts';

/** Numbers that must be above zero (or, `COUNTS`, not below it) to mean anything; code under analysis may say anything. */
const POSITIVE = [
  'batch',
  'inputTokens',
  'outputTokens',
  'steps',
  'megapixels',
  'frames',
  'devices',
  'powerLimitShare',
] as const;
const COUNTS = [
  'cachedInputShare',
  'features',
  'estimators',
  'loadsPerUnit',
  'readsPerUnit',
  'bytesPerRead',
  'repeats',
  'samples',
  'epochs',
] as const;
const LEAST = 1e-3;
const MOST = 1e15;

/** Drops figures that are not finite or out of range, as if they were not known. */
export function withoutNonsense(stated: Workload): Workload {
  const kept: { -readonly [Key in keyof Workload]: Workload[Key] } = { ...stated };
  for (const key of POSITIVE)
    if (!(Number(stated[key] ?? 1) >= LEAST && Number(stated[key] ?? 1) <= MOST)) delete kept[key];
  for (const key of COUNTS) if (!(Number(stated[key] ?? 0) >= 0 && Number(stated[key] ?? 0) <= MOST)) delete kept[key];
  const { model } = stated;
  if (model) {
    kept.model = {
      ...(model.id === undefined ? {} : { id: model.id }),
      ...(isCount(model.parameters) ? { parameters: model.parameters } : {}),
      ...(isCount(model.activeParameters) ? { activeParameters: model.activeParameters } : {}),
    };
  }
  return kept;
}

function isCount(value: number | undefined): value is number {
  return value !== undefined && value >= 1 && value <= MOST;
}
