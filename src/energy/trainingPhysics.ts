import { constants } from './constants.ts';
import { logSdOfFactor } from './distribution.ts';
import { itemFlops } from './itemFlops.ts';
import type { Numerics } from './numericsOf.ts';
import { peakFor } from './peakFor.ts';
import type { Physics } from './physics.ts';
import type { ResolvedWorkload } from './resolveWorkload.ts';

/** Forward, backward (twice the forward) and optimiser, per sample. */
export function trainingPhysics(resolved: ResolvedWorkload, numerics: Numerics): Physics {
  const { hardware, batch, devices } = resolved;
  const own = constants.training;
  const isVision = resolved.model?.kind === 'vision' || resolved.model?.kind === 'detection';
  const efficiency = isVision ? own.visionEfficiency : own.transformerEfficiency;
  const flops = 3 * itemFlops(resolved) * batch;
  const computeSeconds = flops / (devices * peakFor(hardware, numerics.format) * 1e12 * efficiency);
  const optimiserSeconds = (resolved.parameters * 28) / (hardware.bandwidthGbs * 1e9 * 0.7);
  const depth = isVision ? 1 : (resolved.model?.layers ?? 12) / 12;
  const hostMs = isVision ? own.visionOverheadMs : own.transformerOverheadMs;
  const overhead = hardware.kind === 'cpu' ? 0.005 : (hostMs * depth) / 1000;
  // Launching kernels overlaps with computing: only what the device does not hide costs time.
  const busy = computeSeconds + optimiserSeconds;
  const seconds = Math.max(busy, overhead) + 0.1 * Math.min(busy, overhead);
  const share =
    hardware.kind === 'cpu' ? 0.75 : Math.min(own.powerMost, own.powerIdle + own.powerBusy * (busy / seconds));
  return {
    joules: (seconds * share * hardware.tdpWatts * devices) / batch,
    seconds: seconds / batch,
    logSd: logSdOfFactor(hardware.kind === 'gpu' ? constants.interval.training : constants.interval.noMeasurement),
  };
}
