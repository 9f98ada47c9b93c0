import { findPictureShape } from '../knowledge/architectures/findPictureShape.ts';
import { constants } from './constants.ts';
import { logSdOfFactor } from './distribution.ts';
import type { Workload } from './workload.ts';

/** One picture or video: denoising steps, pixels in units of 2^20, frames. */
export interface PictureShape {
  readonly steps: number;
  readonly megapixels: number;
  readonly frames: number;
}

/** Where the family is not known either: what diffusers pipelines mostly take. */
const UNKNOWN = { steps: 30, width: 1024, height: 1024 };

/** What a diffusion model makes: as stated, else as its pipeline does by default, noted and widened by what was assumed. */
export function pictureShapeOf(
  workload: Workload,
  id: string | undefined,
  assumptions: string[],
  spread: number[],
): PictureShape {
  const found = findPictureShape(id);
  const usual = found ?? UNKNOWN;
  const frames = found?.frames ?? 1;
  const { steps, pictureSize, frames: ofFrames } = constants.interval;
  const assumed: string[] = [];
  // Training takes one step of noise per picture, whatever generating takes.
  if (workload.steps === undefined && workload.kind !== 'train') {
    assumed.push(usual.steps === 1 ? 'one step' : `${usual.steps} steps`);
    spread.push(logSdOfFactor(found ? steps : steps ** 2));
  }
  if (workload.megapixels === undefined) {
    assumed.push(`${usual.width} × ${usual.height} pixels`);
    spread.push(logSdOfFactor(found ? pictureSize : pictureSize ** 2));
  }
  if (workload.frames === undefined && frames > 1) {
    assumed.push(`${frames} frames`);
    spread.push(logSdOfFactor(ofFrames));
  }
  if (assumed.length > 0)
    assumptions.push(`${listed(assumed)} are assumed${found ? ", the model's usual choice" : ''}.`);
  return {
    steps: workload.steps ?? usual.steps,
    megapixels: workload.megapixels ?? (usual.width * usual.height) / 2 ** 20,
    frames: workload.frames ?? frames,
  };
}

function listed(parts: readonly string[]): string {
  const text = parts.length > 1 ? `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}` : (parts[0] ?? '');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
