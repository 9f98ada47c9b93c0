import { constants } from './constants.ts';
import { logSdOfFactor } from './distribution.ts';
import { itemFlops } from './itemFlops.ts';
import type { Numerics } from './numericsOf.ts';
import { passSeconds } from './passPhysics.ts';
import type { Physics } from './physics.ts';
import type { ResolvedWorkload } from './resolveWorkload.ts';
import { smoothMax } from './smoothMax.ts';

export type TrainingConstants = typeof constants.training;

/** Bytes that Adam reads and writes per parameter: weight, gradient and two moments in 32 bit, read and written. */
const OPTIMISER_BYTES = 28;

/** Forward pass, gradients of the activations, gradients of the weights: a pass each. Frozen weights need no third. */
const PASSES = { full: 3, lora: 2 };

/** One step, per sample: forward, backward (twice the forward) and optimiser on the device, while the host launches kernels. */
export function trainingPhysics(
  resolved: ResolvedWorkload,
  numerics: Numerics,
  own: TrainingConstants = constants.training,
): Physics {
  const { hardware, batch, devices } = resolved;
  const isLora = resolved.workload.lora === true;
  const operations = (isLora ? PASSES.lora : PASSES.full) * itemFlops(resolved) * batch;
  const bandwidth = devices * hardware.bandwidthGbs * 1e9 * own.pass.memoryEfficiency;
  const optimiserSeconds = isLora ? 0 : (resolved.parameters * OPTIMISER_BYTES) / bandwidth;
  const busy = passSeconds(resolved, numerics, operations, devices, own.pass) + optimiserSeconds;
  const isVision = resolved.model?.kind === 'vision' || resolved.model?.kind === 'detection';
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
