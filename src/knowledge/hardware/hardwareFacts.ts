import type { HardwareFacts } from '../../core/semantics/environment.ts';
import type { Profile } from '../../energy/profile.ts';

const FORMATS = ['bf16', 'fp16', 'tf32', 'fp8', 'int8', 'int4'] as const;

/** The profile in the terms that rules ask for. A format is fast where its stated dense peak is at least 1.4 x that of fp32. */
export function hardwareFacts(profile: Profile): HardwareFacts {
  const peaks = profile.hardware.peakTflops;
  const fp32 = peaks.fp32 ?? 0;
  return {
    profileId: profile.id,
    name: profile.hardware.device,
    kind: profile.hardware.kind,
    memoryGb: profile.hardware.memoryGb,
    fastFormats: FORMATS.filter((format) => (peaks[format] ?? 0) >= 1.4 * fp32 && (peaks[format] ?? 0) > 0),
  };
}
