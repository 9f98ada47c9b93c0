import { estimateWorkload, type Widening } from '../../energy/estimateWorkload.ts';
import type { ModelCatalogue } from '../../energy/modelFacts.ts';
import type { Profile } from '../../energy/profile.ts';
import { type ResolvedWorkload, resolveWorkload } from '../../energy/resolveWorkload.ts';
import type { Workload } from '../../energy/workload.ts';
import { normaliseModelId } from '../../knowledge/models/normaliseModelId.ts';
import type { EstimateError } from './checkFields.ts';
import { estimatedWorkload } from './estimatedWorkload.ts';
import type { EstimateRequest } from './estimateRequest.ts';
import { catalogueOf, type EstimateSources } from './estimateSources.ts';
import { parseFormat, parseMethod } from './formatName.ts';
import { checkCache, checkWeights, contextSentence } from './memoryChecks.ts';
import { type Interval, interval, profileOf } from './requestProfile.ts';
import { storedAssumption } from './storedAssumption.ts';

/** Answer of `green-ai estimate`; every interval holds 90 %. */
export interface EstimateFigures {
  /** Accelerators alone; absent for models that generate no tokens. */
  readonly joules_per_output_token?: Interval;
  /** Accelerators alone, as measured tables have it. */
  readonly wh_per_request: Interval;
  /** Accelerators, host, power supply and cooling. */
  readonly wall_joules_per_output_token?: Interval;
  readonly wall_wh_per_request: Interval;
  /** Use phase, from the wall energy. */
  readonly gco2e_per_request: Interval;
  /** Share of making the devices, not part of the above; absent for hosted models, whose machines are not known. */
  readonly embodied_gco2e_per_request?: Interval;
  readonly usd_per_request: Interval;
  /** Time of the devices; absent for hosted models. */
  readonly seconds_per_request?: number;
  readonly assumptions: readonly string[];
}

export type { Interval };

export type EstimateAnswer = EstimateFigures | EstimateError;

/** A request as the energy model takes it. */
export interface ResolvedRequest {
  readonly workload: Workload;
  readonly profile: Profile;
  readonly models: ModelCatalogue;
  readonly resolved: ResolvedWorkload;
  readonly widening: Widening;
}

/** Turns a checked request into a workload on a machine, or says which field makes that impossible. */
export function resolveRequest(
  request: EstimateRequest,
  sources: EstimateSources = {},
): ResolvedRequest | EstimateError {
  const assumptions: string[] = [];
  const spread: number[] = [];
  const models = modelsFor(request, catalogueOf(sources));
  const isHosted = request.model !== undefined && models.find(request.model)?.hosted !== undefined;
  const profile = profileOf(request, { ...sources, isHosted }, assumptions, spread);
  if ('error' in profile) return profile;
  const workload = estimatedWorkload(request, models, assumptions, spread, sources.project);
  if ('error' in workload) return workload;
  const resolved = resolveWorkload(workload, profile, models);
  if (workload.kind !== 'hosted-call') {
    const problem = checkWeights(resolved, request.dtype === undefined ? 'hardware' : 'dtype', assumptions, spread);
    if (problem) return problem;
  }
  if (request.hardware !== undefined) checkCache(resolved, assumptions, spread);
  assumptions.push(...contextSentence(resolved));
  const stored = workload.kind === 'hosted-call' ? undefined : storedAssumption(resolved);
  if (stored !== undefined) assumptions.push(stored);
  return { workload, profile, models, resolved, widening: { logSd: Math.hypot(...spread), assumptions } };
}

/** Answers one checked request. Pure; impossible requests get an error that names the field and what would work. */
export function runEstimate(request: EstimateRequest, sources: EstimateSources = {}): EstimateAnswer {
  const ready = resolveRequest(request, sources);
  if ('error' in ready) return ready;
  const { workload, profile, models, resolved, widening } = ready;
  const estimate = estimateWorkload(workload, profile, models, widening);
  const isHosted = workload.kind === 'hosted-call';
  const generates = workload.kind === 'generate' || isHosted;
  const tokens = resolved.outputTokens;
  return {
    ...(generates ? { joules_per_output_token: interval(estimate.deviceWh, 3600 / tokens) } : {}),
    wh_per_request: interval(estimate.deviceWh, 1),
    ...(generates ? { wall_joules_per_output_token: interval(estimate.wallWh, 3600 / tokens) } : {}),
    wall_wh_per_request: interval(estimate.wallWh, 1),
    gco2e_per_request: interval(estimate.gco2e, 1),
    ...(isHosted ? {} : { embodied_gco2e_per_request: interval(estimate.embodiedGco2e, 1) }),
    usd_per_request: interval(estimate.usd, 1),
    ...(isHosted ? {} : { seconds_per_request: estimate.seconds }),
    assumptions: [...estimate.assumptions, ...modelSentences(resolved.model)],
  };
}

/** A llama.cpp format given as `dtype` or `quantMethod` says the bits per weight that the id does not. */
function modelsFor(request: EstimateRequest, models: ModelCatalogue): ModelCatalogue {
  const gguf = parseFormat(request.dtype ?? '')?.gguf ?? parseMethod(request.quantMethod ?? '')?.gguf;
  const bits = gguf === undefined ? undefined : normaliseModelId(`x.${gguf}.gguf`).bitsPerWeight;
  if (bits === undefined) return models;
  return {
    find: (id) => {
      const model = models.find(id);
      return model && { ...model, bitsPerWeight: bits, quantisation: 'gguf' };
    },
  };
}

/** Where the model's figures come from, and what others published of it. */
function modelSentences(model: ResolvedWorkload['model']): string[] {
  if (!model || model.hosted) return [];
  const sentences = [
    `Model: ${model.source}${model.isVerified === true || model.basis === 'size-in-name' ? '' : ' (not verified)'}.`,
  ];
  if (model.measuredWh) {
    const [low, high] = model.measuredWh;
    sentences.push(
      `Published measurements of this model: ${low} to ${high} Wh of device energy per request, over machines and batches${model.kind === 'diffusion' ? ', with the steps and sizes of the benchmark' : ''} (ML.ENERGY).`,
    );
  }
  if (model.trainingTonnes !== undefined) {
    sentences.push(
      `Its training emitted ${model.trainingTonnes} t CO2e by its model card; that is not part of the request.`,
    );
  }
  return sentences;
}
