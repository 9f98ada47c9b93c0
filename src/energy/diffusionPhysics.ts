import { constants } from './constants.ts';
import { combineLogSd, logSdOfFactor } from './distribution.ts';
import type { Numerics } from './numericsOf.ts';
import { peakFor } from './peakFor.ts';
import type { Physics } from './physics.ts';
import { type PictureShape, pictureShapeOf } from './pictureShape.ts';
import type { ResolvedWorkload } from './resolveWorkload.ts';

export type DiffusionConstants = typeof constants.diffusion;

/** Denoising steps over the latent positions of an image or video; multi-device runs pay for exchanging activations every step. */
export function diffusionPhysics(
  resolved: ResolvedWorkload,
  numerics: Numerics,
  own: DiffusionConstants = constants.diffusion,
): Physics {
  const { hardware, batch, devices } = resolved;
  const picture = pictureOf(resolved);
  const peak = peakFor(hardware, numerics.format);
  const rate = devices * peak * 1e12 * own.computeEfficiency * (peak / 1000) ** -own.peakExponent;
  const passes = resolved.model?.passesPerStep ?? 2;
  const computeSeconds = (passes * passFlops(resolved, own) * batch) / rate;
  const overhead = (own.overheadMsPerStep + own.overheadMsPerLog2Devices * Math.log2(devices)) / 1000;
  const stepSeconds = computeSeconds + overhead;
  const share = Math.min(own.powerMost, own.powerIdle + own.powerCompute * (computeSeconds / stepSeconds));
  const seconds = stepSeconds * picture.steps;
  return {
    joules: (seconds * share * hardware.tdpWatts * devices) / batch,
    seconds: seconds / batch,
    logSd: combineLogSd(
      logSdOfFactor(constants.interval.diffusion),
      hardware.kind === 'gpu' ? 0 : logSdOfFactor(constants.interval.noMeasurement),
    ),
  };
}

/** What the workload says of the picture, else what resolving it assumed. */
function pictureOf({ picture, workload, model }: ResolvedWorkload): PictureShape {
  return picture ?? pictureShapeOf(workload, model?.id ?? workload.model?.id, [], []);
}

/** Operations of one pass for one picture: weights on every latent position, and attention between positions in transformers. */
export function passFlops(resolved: ResolvedWorkload, own: DiffusionConstants = constants.diffusion): number {
  const { model, activeParameters } = resolved;
  const { frames, megapixels } = pictureOf(resolved);
  const isUnet = model?.unet === true;
  const latentFrames = isUnet || frames === 1 ? frames : (frames - 1) / 4 + 1;
  const positions = megapixels * (model?.tokensPerMegapixel ?? 2500) * latentFrames;
  const hidden = own.attentionHidden * (activeParameters / 1.3e9) ** (1 / 3);
  const attention = isUnet ? 0 : (own.attentionWeight * activeParameters * positions ** 2) / (3 * hidden);
  return 2 * activeParameters * positions + attention;
}
