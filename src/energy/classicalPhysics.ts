import { constants } from './constants.ts';
import { logSdOfFactor } from './distribution.ts';
import type { Physics } from './physics.ts';
import type { ResolvedWorkload } from './resolveWorkload.ts';

/** Trees, linear models and the like on the processor: seconds per sample, a constant for want of measurements. */
export function classicalPhysics(resolved: ResolvedWorkload, secondsPerSample: number): Physics {
  const watts = resolved.hardware.tdpWatts * constants.classical.cpuPowerShare;
  return {
    joules: watts * secondsPerSample,
    seconds: secondsPerSample,
    logSd: logSdOfFactor(constants.interval.classical),
  };
}
