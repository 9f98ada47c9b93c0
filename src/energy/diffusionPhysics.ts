import { constants } from './constants.ts';
import { combineLogSd, logSdOfFactor } from './distribution.ts';
import type { Numerics } from './numericsOf.ts';
import { peakFor } from './peakFor.ts';
import type { Physics } from './physics.ts';
import type { ResolvedWorkload } from './resolveWorkload.ts';

export type DiffusionConstants = typeof constants.diffusion;

/** Denoising steps over the latent positions of an image or video; multi-device runs pay for exchanging activations every step. */
export function diffusionPhysics(
  resolved: ResolvedWorkload,
  numerics: Numerics,
  own: DiffusionConstants = constants.diffusion,
): Physics {
  const { hardware, batch, devices, workload } = resolved;
  const peak = peakFor(hardware, numerics.format);
  const rate = devices * peak * 1e12 * own.computeEfficiency * (peak / 1000) ** -own.peakExponent;
  const computeSeconds = (diffusionFlops(resolved, own) * batch) / rate;
  const overhead = (own.overheadMsPerStep + own.overheadMsPerLog2Devices * Math.log2(devices)) / 1000;
  const stepSeconds = computeSeconds + overhead;
  const share = Math.min(own.powerMost, own.powerIdle + own.powerCompute * (computeSeconds / stepSeconds));
  const seconds = stepSeconds * (workload.steps ?? 30);
  return {
    joules: (seconds * share * hardware.tdpWatts * devices) / batch,
    seconds: seconds / batch,
    logSd: combineLogSd(
      logSdOfFactor(constants.interval.diffusion),
      hardware.kind === 'gpu' ? 0 : logSdOfFactor(constants.interval.noMeasurement),
    ),
  };
}

/** Operations of one step for one picture: weights on every latent position, and attention between positions in transformers. */
function diffusionFlops(resolved: ResolvedWorkload, own: DiffusionConstants): number {
  const { model, activeParameters, workload } = resolved;
  const isUnet = model?.unet === true;
  const frames = workload.frames ?? 1;
  const latentFrames = isUnet || frames === 1 ? frames : (frames - 1) / 4 + 1;
  const positions = (workload.megapixels ?? 1) * (model?.tokensPerMegapixel ?? 2500) * latentFrames;
  const hidden = own.attentionHidden * (activeParameters / 1.3e9) ** (1 / 3);
  const attention = isUnet ? 0 : (own.attentionWeight * activeParameters * positions ** 2) / (3 * hidden);
  return (model?.passesPerStep ?? 2) * (2 * activeParameters * positions + attention);
}
