import { combineLogSd } from './distribution.ts';
import { type EnergyPart, effectLogSd } from './energyPart.ts';
import { numericsOf } from './numericsOf.ts';
import type { ResolvedWorkload } from './resolveWorkload.ts';

/**
 * Log standard deviation of the ratio after/before of one part. What both sides share cancels; what the change touches does not.
 * Against pairs of the ML.ENERGY benchmark the model's ratio scatters by 0.12 for one doubling of the batch, 0.17 for two and 0.26 for
 * four (2,883 pairs), by 0.25 for another model (733), by 0.16 to 0.29 for more devices (145). The others are stated, not measured.
 * Counts (samples, epochs, repeats) are exact.
 */
export function changeLogSd(
  before: ResolvedWorkload,
  after: ResolvedWorkload,
  partBefore: EnergyPart,
  partAfter: EnergyPart,
): number {
  if (partBefore.name !== 'compute') return 0.1;
  const spread: number[] = [];
  const differing = [
    ...partBefore.effects.filter((effect) => !partAfter.effects.some((other) => other.id === effect.id)),
    ...partAfter.effects.filter((effect) => !partBefore.effects.some((other) => other.id === effect.id)),
  ];
  for (const effect of differing) spread.push(effectLogSd(effect));
  if (before.batch !== after.batch) spread.push(batchLogSd(before, after));
  if (before.parameters !== after.parameters || before.activeParameters !== after.activeParameters) spread.push(0.25);
  // Ratios of ONNX were measured together with the change of engine.
  const isMeasured = differing.some((effect) => effect.feature === 'onnx-int8');
  if (before.workload.engine !== after.workload.engine) spread.push(isMeasured ? 0.2 : 0.5);
  if (before.workload.lora !== after.workload.lora) spread.push(0.3);
  if (before.hardware.device !== after.hardware.device) spread.push(0.6);
  if (before.devices !== after.devices) spread.push(0.15);
  if (before.inputTokens !== after.inputTokens || before.outputTokens !== after.outputTokens) spread.push(0.1);
  if (before.workload.steps !== after.workload.steps) spread.push(0.05);
  if (before.workload.engineVersion !== after.workload.engineVersion) spread.push(0.2);
  if (differing.every(({ feature }) => TECHNIQUES.has(feature)) && weightsDiffer(before, after))
    spread.push(formatLogSd(before, after));
  const unknownMethod = before.workload.quantMethod === undefined && after.workload.quantMethod === undefined;
  const quantised =
    after.format === 'int8' || after.format === 'int4' || before.format === 'int8' || before.format === 'int4';
  if (before.format !== after.format && quantised && unknownMethod) spread.push(0.45);
  return combineLogSd(...spread);
}

/** What is done beside the number format; the other effects are ways to quantise, and their spread holds that of the format. */
const TECHNIQUES: ReadonlySet<string> = new Set([
  'compile',
  'fused-attention',
  'gradient-checkpointing',
  'no-kv-cache',
  'speculative',
  'power-limit',
]);

/** Per doubling; epochs of training at another batch differ more than requests do (Zeus: 25 pairs of 8 to 16, 0.51 to 1.02). */
function batchLogSd(before: ResolvedWorkload, after: ResolvedWorkload): number {
  const perDoubling = before.workload.kind === 'train' ? 0.2 : 0.12;
  return perDoubling * Math.sqrt(Math.abs(Math.log2(after.batch / before.batch)));
}

/**
 * Another format where kernels decide, not a method of quantising. Training: eight pairs (one H100, two published ones) scatter by 0.2
 * around the model; single passes: eight pairs of that H100 by 0.3. FP8 instead of 16 bit: 53 pairs of mixtures of experts scatter by
 * 0.25; for dense networks the same is taken. llama.cpp: 24 pairs on two machines.
 */
function formatLogSd(before: ResolvedWorkload, after: ResolvedWorkload): number {
  const { kind } = before.workload;
  if (kind === 'train') return 0.25;
  if (before.format === 'fp8' || after.format === 'fp8') return 0.25;
  if (before.workload.engine === 'llama.cpp' && after.workload.engine === 'llama.cpp') return 0.15;
  if (before.hardware.kind !== 'gpu') return 0.35;
  return kind === 'encode' || kind === 'vision' ? 0.3 : 0.2;
}

/** Another format, or other bits per weight in the same one (GGUF variants). */
function weightsDiffer(before: ResolvedWorkload, after: ResolvedWorkload): boolean {
  return before.format !== after.format || numericsOf(before).weightBytes !== numericsOf(after).weightBytes;
}
