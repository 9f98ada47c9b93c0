import { constants } from './constants.ts';
import { logSdOfFactor } from './distribution.ts';
import { itemFlops } from './itemFlops.ts';
import { isHalfTraining, type Numerics } from './numericsOf.ts';
import { peakFor } from './peakFor.ts';
import type { Physics } from './physics.ts';
import type { ResolvedWorkload } from './resolveWorkload.ts';
import { smoothMax } from './smoothMax.ts';

export type TrainingConstants = typeof constants.training;

/** Bytes that Adam reads and writes per parameter: weight, gradient and two moments in 32 bit, read and written. */
const OPTIMISER_BYTES = 28;

/** One step, per sample: forward, backward (twice the forward) and optimiser on the device, while the host launches kernels. */
export function trainingPhysics(
  resolved: ResolvedWorkload,
  numerics: Numerics,
  own: TrainingConstants = constants.training,
): Physics {
  const { hardware, batch, devices } = resolved;
  const isVision = resolved.model?.kind === 'vision' || resolved.model?.kind === 'detection';
  const flops = 3 * itemFlops(resolved) * batch;
  const rate = devices * peakFor(hardware, numerics.format) * 1e12 * efficiencyOf(resolved, own, isVision);
  const bandwidth = hardware.bandwidthGbs * 1e9 * own.memoryEfficiency;
  // Convolutions and their normalisation move far more bytes per operation than matrix products do.
  const activationSeconds = isVision ? (flops * own.visionBytesPerOperation) / (devices * bandwidth) : 0;
  const optimiserSeconds = (resolved.parameters * OPTIMISER_BYTES) / (devices * bandwidth);
  const busy = flops / rate + activationSeconds + optimiserSeconds;
  const depth = isVision ? 1 : (resolved.model?.layers ?? 12) / 12;
  const host = hardware.kind === 'cpu' ? 0.005 : (own.hostMs * depth) / 1000;
  const seconds = smoothMax(busy, host, own.overlap);
  const share =
    hardware.kind === 'cpu' ? 0.75 : own.powerIdle + (own.powerMost - own.powerIdle) * Math.min(1, busy / seconds);
  return {
    joules: (seconds * share * hardware.tdpWatts * devices) / batch,
    seconds: seconds / batch,
    logSd: logSdOfFactor(hardware.kind === 'gpu' ? constants.interval.training : constants.interval.noMeasurement),
  };
}

function efficiencyOf(resolved: ResolvedWorkload, own: TrainingConstants, isVision: boolean): number {
  if (isHalfTraining(resolved)) return own.halfEfficiency;
  return isVision ? own.visionEfficiency : own.transformerEfficiency;
}
