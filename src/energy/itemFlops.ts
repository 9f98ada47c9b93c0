import { passFlops } from './diffusionPhysics.ts';
import type { ResolvedWorkload } from './resolveWorkload.ts';

/** Positions that the encoder of a speech model makes of 30 s. */
const SOUND_TOKENS = 1500;

/** Floating-point operations of one forward pass over one item. */
export function itemFlops(resolved: ResolvedWorkload): number {
  const { model, activeParameters, inputTokens, workload } = resolved;
  if (model?.gflopsPerItem !== undefined) return model.gflopsPerItem * 1e9;
  // One step of noise per picture, without the pass that guidance adds; half a minute of sound and its text.
  if (model?.kind === 'diffusion') return passFlops(resolved);
  if (model?.kind === 'speech') return activeParameters * (SOUND_TOKENS + resolved.outputTokens);
  const isImage = workload.kind === 'vision' || model?.kind === 'vision' || model?.kind === 'detection';
  if (isImage) return 2 * activeParameters * (model?.kind === 'detection' ? 1500 : 200);
  if (model?.layers !== undefined && model.hidden !== undefined && model.kind !== 'llm') {
    const perToken = 24 * model.layers * model.hidden ** 2 + 4 * model.layers * model.hidden * inputTokens;
    return perToken * inputTokens;
  }
  return 2 * activeParameters * inputTokens;
}
