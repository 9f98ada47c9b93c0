import { logSdOfFactor } from '../../energy/distribution.ts';
import { estimateWorkload } from '../../energy/estimateWorkload.ts';
import { devicesFor, memoryProblem } from '../../energy/memoryFit.ts';
import type { ModelCatalogue } from '../../energy/modelFacts.ts';
import type { Profile } from '../../energy/profile.ts';
import type { Workload } from '../../energy/workload.ts';
import { nearestModels } from '../../knowledge/models/findModel.ts';
import { type EstimateError, fail } from './checkFields.ts';
import { classicalWorkload } from './classicalWorkload.ts';
import { sizesContradict } from './contradiction.ts';
import { catalogueOf, type EstimateSources } from './estimateSources.ts';
import { formatNames, parseFormat } from './formatName.ts';
import { type Interval, interval, profileOf } from './requestProfile.ts';
import type { TrainingRequest } from './trainingRequest.ts';

/** Answer of `green-ai estimate-training`, for the whole run; every interval holds 90 %. */
export interface TrainingFigures {
  /** Accelerators alone. */
  readonly kwh: Interval;
  /** Accelerators, host, power supply and cooling. */
  readonly wall_kwh: Interval;
  readonly kgco2e: Interval;
  readonly embodied_kgco2e: Interval;
  readonly usd: Interval;
  readonly hours: number;
  readonly assumptions: readonly string[];
}

/** Bytes per parameter that plain training keeps: weights, gradients and the two moments of Adam in fp32. */
const TRAINING_BYTES = 16;
/** Adapters leave the weights as they are, in 16 bits. */
const FROZEN_BYTES = 2;

/** Energy of one training run. Pure. */
export function runTrainingEstimate(
  request: TrainingRequest,
  sources: EstimateSources = {},
): TrainingFigures | EstimateError {
  const assumptions: string[] = [];
  const spread: number[] = [];
  const profile = profileOf(request, sources, assumptions, spread);
  if ('error' in profile) return profile;
  const models = catalogueOf(sources);
  const workload =
    request.learner === undefined
      ? networkTraining(request, models, profile, assumptions, spread)
      : classicalWorkload(request, 'classical-fit', request.samples);
  if ('error' in workload) return workload;
  const estimate = estimateWorkload(workload, profile, models, { logSd: Math.hypot(...spread), assumptions });
  return {
    kwh: interval(estimate.deviceWh, 1e-3),
    wall_kwh: interval(estimate.wallWh, 1e-3),
    kgco2e: interval(estimate.gco2e, 1e-3),
    embodied_kgco2e: interval(estimate.embodiedGco2e, 1e-3),
    usd: interval(estimate.usd, 1),
    hours: estimate.seconds / 3600,
    assumptions: estimate.assumptions,
  };
}

/** A training run of a network, or what is wrong with the request. */
function networkTraining(
  request: TrainingRequest,
  models: ModelCatalogue,
  { hardware }: Profile,
  assumptions: string[],
  spread: number[],
): Workload | EstimateError {
  const model = request.model === undefined ? undefined : models.find(request.model);
  const parameters = request.params ?? model?.parameters;
  if (parameters === undefined) {
    return fail(
      'model',
      `"${request.model}" is not known and its name gives no size; give "params", or one of: ${nearestModels(request.model ?? '').join(', ')}`,
    );
  }
  if (model?.hosted) return fail('model', `"${request.model}" is a hosted model; its training cannot be estimated`);
  const contradiction = sizesContradict(request, model);
  if (contradiction) return contradiction;
  const format = request.dtype === undefined ? undefined : parseFormat(request.dtype);
  if (request.dtype !== undefined && !format)
    return fail('dtype', `"${request.dtype}" is not known; known: ${formatNames.join(', ')}`);
  const problem = memoryProblem(parameters, TRAINING_BYTES, hardware, hardware.count);
  const frozen = memoryProblem(parameters, FROZEN_BYTES, hardware, hardware.count);
  if (frozen?.isImpossible === true) return fail('hardware', `even with frozen 16-bit weights it ${frozen.message}`);
  if (problem) {
    const need = (parameters * TRAINING_BYTES) / 1e9;
    assumptions.push(
      `Weights, gradients and Adam's moments need ${Math.ceil(need)} GB, more than the ${hardware.memoryGb * hardware.count} GB there are: ${devicesFor(need, hardware)} × ${hardware.device}, an optimiser with fewer bytes or adapters would be needed; the interval is wider.`,
    );
    spread.push(logSdOfFactor(2));
  }
  const length =
    request.sequenceLength ??
    (request.tokens !== undefined && request.samples !== undefined ? request.tokens / request.samples : undefined);
  const tokensPerSample = length ?? 512;
  const samples = request.samples ?? (request.tokens === undefined ? undefined : request.tokens / tokensPerSample);
  if (samples === undefined) return fail('samples', 'is missing: give "samples" or "tokens" of one epoch');
  return {
    kind: 'train',
    unit: 'run',
    model: {
      ...(request.model === undefined ? {} : { id: request.model }),
      ...(request.params === undefined ? {} : { parameters: request.params }),
    },
    ...(format?.format === undefined ? {} : { format: format.format }),
    ...(request.batch === undefined ? {} : { batch: request.batch }),
    ...(length === undefined && request.tokens === undefined ? {} : { inputTokens: tokensPerSample }),
    samples,
    epochs: request.epochs ?? 1,
  };
}
