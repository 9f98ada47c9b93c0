import { constants } from './constants.ts';
import { logSdOfFactor } from './distribution.ts';
import type { Physics } from './physics.ts';
import type { ResolvedWorkload } from './resolveWorkload.ts';
import type { Learner } from './workload.ts';

/**
 * Trees, linear models and the like on the processor, per sample. Where the learner is known, by the operations that its algorithm
 * takes for so many rows, features and estimators; else a constant. No public measurements of either: the intervals say so.
 */
export function classicalPhysics(resolved: ResolvedWorkload): Physics {
  const own = constants.classical;
  const { learner, kind } = resolved.workload;
  const isFit = kind === 'classical-fit';
  const watts = resolved.hardware.tdpWatts * own.cpuPowerShare;
  const seconds =
    learner === undefined
      ? isFit
        ? own.fitSecondsPerSample
        : own.predictSecondsPerSample
      : operationsPerSample(resolved, learner, isFit) * own.secondsPerOperation;
  const spread = learner === undefined ? constants.interval.classical : constants.interval.classicalLearner;
  return { joules: watts * seconds, seconds, logSd: logSdOfFactor(spread) };
}

/** Elementary steps (compare and count, multiply and add) per row. */
function operationsPerSample({ workload }: ResolvedWorkload, learner: Learner, isFit: boolean): number {
  const own = constants.classical;
  // How many rows a stored model was fitted on is not known.
  const rows = Math.max(2, isFit ? (workload.samples ?? own.usualRows) : own.usualRows);
  const features = workload.features ?? own.usualFeatures;
  const estimators = workload.estimators ?? own.usualEstimators;
  const depth = Math.log2(rows);
  switch (learner) {
    case 'forest':
      return isFit ? estimators * Math.sqrt(features) * depth * own.sortOperations : estimators * depth;
    case 'boosting':
      return isFit ? estimators * features * depth * own.sortOperations : estimators * own.boostingDepth;
    case 'histogram-boosting':
      return isFit ? estimators * features : estimators * own.boostingDepth;
    case 'linear':
      return isFit ? own.iterations * features : features;
    case 'kernel':
      return isFit ? rows * features : own.supportShare * rows * features;
    case 'neighbours':
      return isFit ? features * depth : rows * features;
    case 'clustering':
      return (isFit ? own.iterations : 1) * estimators * features;
  }
}
