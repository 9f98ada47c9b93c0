import type { VersionRange } from '../../src/core/semantics/environment.ts';
import type { Fact } from '../../src/core/semantics/fact.ts';
import type { NumberFormat } from '../../src/energy/workload.ts';
import { isAtLeast } from '../shared/versions.ts';

/**
 * In which format transformers loads a checkpoint when the code does not say: `fp32`, the checkpoint's own (`stored`), or
 * `unknown` because it depends on a version that the manifests do not decide.
 */
export type LoadedFormat = 'fp32' | 'stored' | 'unknown';

/** `from_pretrained`: float32 through all of 4.x, `dtype="auto"` from 5.0 on (transformers 5.18.0, modeling_utils.py). */
export function modelFormat(version: Fact<VersionRange>): LoadedFormat {
  const isFive = isAtLeast(version, '5');
  return isFive === 'yes' ? 'stored' : isFive === 'no' ? 'fp32' : 'unknown';
}

/**
 * `pipeline()`: float32 up to 4.52, `"auto"` in 4.57.6 and later; the releases between changed it back and forth
 * (huggingface/transformers PR #38882, June 2025, and PR #40638, September 2025).
 */
export function pipelineFormat(version: Fact<VersionRange>): LoadedFormat {
  if (isAtLeast(version, '4.57') === 'yes') return 'stored';
  return isAtLeast(version, '4.53') === 'no' ? 'fp32' : 'unknown';
}

export type Verdict = 'fp32' | 'fp32-if-old' | 'other';

/** Whether the weights end up in float32; `fp32-if-old`: only under the older default, which the project may or may not have. */
export function verdict(loaded: LoadedFormat, stored: NumberFormat | undefined): Verdict {
  if (loaded === 'fp32' || stored === 'fp32') return 'fp32';
  if (loaded === 'stored') return 'other';
  return 'fp32-if-old';
}
