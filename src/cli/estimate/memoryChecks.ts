import { cachedBytes } from '../../energy/decodeStep.ts';
import { logSdOfFactor } from '../../energy/distribution.ts';
import { decodeInputOf } from '../../energy/generationPhysics.ts';
import { memoryProblem, sequencesThatFit } from '../../energy/memoryFit.ts';
import { numericsOf } from '../../energy/numericsOf.ts';
import type { ResolvedWorkload } from '../../energy/resolveWorkload.ts';
import { weightBytesInMemory } from '../../energy/weightsInMemory.ts';
import { type EstimateError, fail } from './checkFields.ts';

/** Weights that cannot be there are an error; weights that partly fit widen the interval. */
export function checkWeights(
  resolved: ResolvedWorkload,
  field: string,
  assumptions: string[],
  spread: number[],
): EstimateError | undefined {
  const { parameters, hardware, devices } = resolved;
  const problem = memoryProblem(parameters, weightBytesInMemory(resolved), hardware, devices);
  if (problem?.isImpossible === true) return fail(field, problem.message);
  if (!problem) return undefined;
  const rest =
    hardware.kind === 'gpu' ? 'Part of it would stay in host memory' : 'It would be read from the disk again and again';
  assumptions.unshift(`The model ${problem.message}. ${rest}; the interval is wider.`);
  spread.push(logSdOfFactor(2));
  return undefined;
}

/** Sequences beyond this excess over the cache's room are told of: lengths vary, and a server keeps the next ones waiting. */
const CACHE_EXCESS = 1.5;
const MOST_WIDENING = 3;

/** Notes a batch whose key-value cache does not fit beside the weights: a server then answers fewer at a time, for more energy each. */
export function checkCache(resolved: ResolvedWorkload, assumptions: string[], spread: number[]): void {
  const { workload, parameters, hardware, devices, batch, inputTokens, outputTokens } = resolved;
  if (workload.kind !== 'generate') return;
  const input = decodeInputOf(resolved, numericsOf(resolved));
  const each = cachedBytes({ ...input, outputTokens: 2 * outputTokens });
  const fits = sequencesThatFit(parameters * weightBytesInMemory(resolved), each, hardware, devices);
  if (fits === undefined || batch <= CACHE_EXCESS * fits) return;
  assumptions.push(
    `The key-value cache of ${batch} sequences of ${inputTokens + outputTokens} tokens needs ${Math.ceil((batch * each) / 1e9)} GB; about ${fits} fit at a time. Fewer together need more energy each: state the batch that really runs. The interval is wider.`,
  );
  spread.push(logSdOfFactor(Math.min(MOST_WIDENING, Math.sqrt(batch / fits))));
}

/** A prompt and answer longer than the model can take in. */
export function contextSentence({ model, workload, inputTokens, outputTokens }: ResolvedWorkload): string[] {
  const length = inputTokens + outputTokens;
  if (workload.kind !== 'generate' || model?.context === undefined || length <= model.context) return [];
  return [`${length} tokens are more than the context of ${model.id} (${model.context}).`];
}
