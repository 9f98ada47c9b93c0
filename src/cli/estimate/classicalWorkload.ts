import type { Learner, Workload } from '../../energy/workload.ts';
import { type EstimateError, fail } from './checkFields.ts';

const LEARNERS: readonly Learner[] = [
  'forest',
  'boosting',
  'histogram-boosting',
  'linear',
  'kernel',
  'neighbours',
  'clustering',
];

/** Shape of a classical learner's work: rows of a table, its columns, and trees, clusters or the like. */
export interface ClassicalRequest {
  readonly learner?: string;
  readonly features?: number;
  readonly estimators?: number;
}

/** Fitting (or asking) a classical learner with `rows` rows, on the processor. */
export function classicalWorkload(
  { learner, features, estimators }: ClassicalRequest,
  kind: 'classical-fit' | 'classical-predict',
  rows: number | undefined,
): Workload | EstimateError {
  const wanted = learner?.trim().toLowerCase();
  const known = LEARNERS.find((name) => name === wanted);
  if (known === undefined) return fail('learner', `"${learner}" is not known; known: ${LEARNERS.join(', ')}`);
  return {
    kind,
    unit: kind === 'classical-fit' ? 'run' : 'request',
    engine: 'sklearn',
    learner: known,
    ...(rows === undefined ? {} : { samples: rows }),
    ...(features === undefined ? {} : { features }),
    ...(estimators === undefined ? {} : { estimators }),
  };
}
