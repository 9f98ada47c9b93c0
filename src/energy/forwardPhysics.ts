import { constants } from './constants.ts';
import { logSdOfFactor } from './distribution.ts';
import { generationPhysics } from './generationPhysics.ts';
import type { Numerics } from './numericsOf.ts';
import { bytesPerWeight, peakFor } from './peakFor.ts';
import type { Physics } from './physics.ts';
import type { ResolvedWorkload } from './resolveWorkload.ts';

/** One forward pass over a batch: weights read once, operations per item, and the host's time per layer. */
export function forwardPhysics(resolved: ResolvedWorkload, numerics: Numerics, flopsPerItem: number): Physics {
  const { hardware, batch } = resolved;
  const own = constants.forward;
  const onCpu = hardware.kind === 'cpu';
  const bytes = resolved.parameters * (numerics.weightBytes ?? bytesPerWeight(numerics.format));
  const memorySeconds = bytes / (hardware.bandwidthGbs * 1e9 * own.memoryEfficiency);
  const efficiency = onCpu ? own.cpuComputeEfficiency : own.computeEfficiency;
  const computeSeconds = (flopsPerItem * batch) / (peakFor(hardware, numerics.format) * 1e12 * efficiency);
  const layers = resolved.model?.layers ?? 12;
  const isCompiled = resolved.workload.engine === 'onnxruntime' || resolved.workload.engine === 'ort-web-wasm';
  const overhead =
    ((onCpu ? own.cpuOverheadMs : own.overheadMs) * (layers / 12) * (isCompiled ? 0.3 : 1) + batch * own.perItemMs) /
    1000;
  const busy = (memorySeconds ** 3 + computeSeconds ** 3) ** (1 / 3);
  const seconds = busy + overhead;
  const busyPower = own.powerCompute * (computeSeconds / seconds) + own.powerMemory * (memorySeconds / seconds);
  const share = onCpu ? own.cpuPowerShare : Math.min(own.powerMost, own.powerIdle + busyPower);
  const spread = hardware.kind === 'gpu' ? constants.interval.forward : constants.interval.noMeasurement;
  return {
    joules: (seconds * share * hardware.tdpWatts) / batch,
    seconds: seconds / batch,
    logSd: logSdOfFactor(spread),
  };
}

/** Encoder over 30 s of sound (1,500 frames), then text token by token with half of the parameters. */
export function speechPhysics(resolved: ResolvedWorkload, numerics: Numerics): Physics {
  const half = resolved.parameters / 2;
  const encoder = forwardPhysics({ ...resolved, parameters: half }, numerics, 2 * half * 1500);
  const decoder = generationPhysics(
    {
      ...resolved,
      parameters: half,
      activeParameters: half,
      inputTokens: 1,
      workload: { ...resolved.workload, engine: resolved.workload.engine ?? 'hf' },
    },
    numerics,
  );
  return {
    joules: encoder.joules + decoder.joules,
    seconds: encoder.seconds + decoder.seconds,
    logSd: logSdOfFactor(constants.interval.noMeasurement),
  };
}
