import { logSdOfFactor } from '../../energy/distribution.ts';
import { estimateWorkload, type Widening } from '../../energy/estimateWorkload.ts';
import { memoryProblem } from '../../energy/memoryFit.ts';
import type { ModelCatalogue, ModelFacts } from '../../energy/modelFacts.ts';
import { numericsOf } from '../../energy/numericsOf.ts';
import { bytesPerWeight } from '../../energy/peakFor.ts';
import type { Profile } from '../../energy/profile.ts';
import { type ResolvedWorkload, resolveWorkload } from '../../energy/resolveWorkload.ts';
import type { Workload } from '../../energy/workload.ts';
import { findModel, nearestModels } from '../../knowledge/models/findModel.ts';
import { modelCatalogue } from '../../knowledge/models/modelCatalogue.ts';
import { normaliseModelId } from '../../knowledge/models/normaliseModelId.ts';
import { type EstimateError, fail } from './checkFields.ts';
import { engineNames, parseEngine } from './engineName.ts';
import type { EstimateRequest } from './estimateRequest.ts';
import { formatNames, methodNames, parseFormat, parseMethod } from './formatName.ts';
import { type Interval, interval, profileOf } from './requestProfile.ts';

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
  /** Share of making the devices, not part of the above. */
  readonly embodied_gco2e_per_request: Interval;
  readonly usd_per_request: Interval;
  readonly seconds_per_request: number;
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
export function resolveRequest(request: EstimateRequest): ResolvedRequest | EstimateError {
  const assumptions: string[] = [];
  const spread: number[] = [];
  const profile = profileOf(request, assumptions, spread);
  if ('error' in profile) return profile;
  const workload = workloadOf(request, assumptions, spread);
  if ('error' in workload) return workload;
  const models = modelsFor(request);
  const resolved = resolveWorkload(workload, profile, models);
  if (workload.kind !== 'hosted-call') {
    const problem = memoryProblem(resolved.parameters, weightBytesOf(resolved), profile.hardware, resolved.devices);
    if (problem?.isImpossible === true)
      return fail(request.dtype === undefined ? 'hardware' : 'dtype', problem.message);
    if (problem) {
      assumptions.unshift(`The model ${problem.message}. Part of it would stay in host memory; the interval is wider.`);
      spread.push(logSdOfFactor(2));
    }
  }
  return { workload, profile, models, resolved, widening: { logSd: Math.hypot(...spread), assumptions } };
}

function weightBytesOf(resolved: ResolvedWorkload): number {
  const numerics = numericsOf(resolved);
  return numerics.weightBytes ?? bytesPerWeight(numerics.effects.length > 0 ? resolved.format : numerics.format);
}

/** Answers one checked request. Pure; impossible requests get an error that names the field and what would work. */
export function runEstimate(request: EstimateRequest): EstimateAnswer {
  const ready = resolveRequest(request);
  if ('error' in ready) return ready;
  const { workload, profile, models, resolved, widening } = ready;
  const estimate = estimateWorkload(workload, profile, models, widening);
  const generates = workload.kind === 'generate' || workload.kind === 'hosted-call';
  const tokens = resolved.outputTokens;
  return {
    ...(generates ? { joules_per_output_token: interval(estimate.deviceWh, 3600 / tokens) } : {}),
    wh_per_request: interval(estimate.deviceWh, 1),
    ...(generates ? { wall_joules_per_output_token: interval(estimate.wallWh, 3600 / tokens) } : {}),
    wall_wh_per_request: interval(estimate.wallWh, 1),
    gco2e_per_request: interval(estimate.gco2e, 1),
    embodied_gco2e_per_request: interval(estimate.embodiedGco2e, 1),
    usd_per_request: interval(estimate.usd, 1),
    seconds_per_request: estimate.seconds,
    assumptions: estimate.assumptions,
  };
}

function workloadOf(request: EstimateRequest, assumptions: string[], spread: number[]): Workload | EstimateError {
  const model = request.model === undefined ? undefined : findModel(request.model);
  if (request.model !== undefined && !model && request.params === undefined) {
    const near = nearestModels(request.model);
    return fail(
      'model',
      `"${request.model}" is not known and its name gives no size; give "params"${near.length > 0 ? `, or one of: ${near.join(', ')}` : ''}`,
    );
  }
  const engine = request.engine === undefined ? undefined : parseEngine(request.engine);
  if (request.engine !== undefined && !engine)
    return fail('engine', `"${request.engine}" is not known; known: ${engineNames.join(', ')}`);
  const format = request.dtype === undefined ? undefined : parseFormat(request.dtype);
  if (request.dtype !== undefined && !format)
    return fail('dtype', `"${request.dtype}" is not known; known: ${formatNames.join(', ')}`);
  const method = request.quantMethod === undefined ? undefined : parseMethod(request.quantMethod);
  if (request.quantMethod !== undefined && !method)
    return fail('quantMethod', `"${request.quantMethod}" is not known; known: ${methodNames.join(', ')}`);
  const kind = kindOf(model);
  const number = format?.format ?? method?.format;
  const quantMethod = method?.quantMethod ?? format?.quantMethod;
  return {
    kind,
    unit: 'request',
    model: {
      ...(request.model === undefined ? {} : { id: request.model }),
      ...(request.params === undefined || betterKnown(model, request.params)
        ? {}
        : { parameters: request.params, activeParameters: request.active ?? activeOf(model, request.params) }),
    },
    ...(engine === undefined ? {} : { engine: engine.engine }),
    ...(engine?.version === undefined ? {} : { engineVersion: engine.version }),
    ...(number === undefined ? {} : { format: number }),
    ...(quantMethod === undefined ? {} : { quantMethod }),
    batch: request.batch ?? assumedBatch(engine?.engine, kind, assumptions, spread),
    ...(request.width === undefined && request.height === undefined ? {} : { megapixels: pixels(request) / 2 ** 20 }),
    ...(request.steps === undefined ? {} : { steps: request.steps }),
    ...(request.frames === undefined ? {} : { frames: request.frames }),
    ...(request.inputTokens === undefined ? {} : { inputTokens: request.inputTokens }),
    ...(request.outputTokens === undefined ? {} : { outputTokens: request.outputTokens }),
  };
}

/** One side given: a square. */
function pixels(request: EstimateRequest): number {
  const width = request.width ?? request.height ?? 1024;
  return width * (request.height ?? width);
}

/** The catalogue's exact count goes before a rounded one that agrees with it. */
function betterKnown(model: ModelFacts | undefined, stated: number): boolean {
  return model?.basis === 'catalogue' && Math.abs(Math.log(model.parameters / stated)) < Math.log(1.25);
}

function activeOf(model: ModelFacts | undefined, parameters: number): number {
  return model ? parameters * (model.activeParameters / model.parameters) : parameters;
}

function assumedBatch(
  engine: Workload['engine'],
  kind: Workload['kind'],
  assumptions: string[],
  spread: number[],
): number {
  if (kind !== 'generate') return 1;
  if (engine === undefined || engine === 'vllm') {
    assumptions.push(
      'The batch (concurrency) is not given; 16 is assumed and the interval is ×/÷ 20: state it first of all.',
    );
    spread.push(logSdOfFactor(20));
    return 16;
  }
  assumptions.push('The batch is not given; 1 is assumed.');
  spread.push(logSdOfFactor(3));
  return 1;
}

function kindOf(model: ModelFacts | undefined): Workload['kind'] {
  switch (model?.kind) {
    case 'encoder':
    case 'embedding':
    case 'reranker':
      return 'encode';
    case 'vision':
    case 'detection':
      return 'vision';
    case 'speech':
      return 'speech';
    case 'diffusion':
      return 'diffusion';
    default:
      return model?.hosted ? 'hosted-call' : 'generate';
  }
}

/** A llama.cpp format given as `dtype` or `quantMethod` says the bits per weight that the id does not. */
function modelsFor(request: EstimateRequest): ModelCatalogue {
  const gguf = parseFormat(request.dtype ?? '')?.gguf ?? parseMethod(request.quantMethod ?? '')?.gguf;
  const bits = gguf === undefined ? undefined : normaliseModelId(`x.${gguf}.gguf`).bitsPerWeight;
  if (bits === undefined) return modelCatalogue;
  return {
    find: (id) => {
      const model = modelCatalogue.find(id);
      return model && { ...model, bitsPerWeight: bits, quantisation: 'gguf' };
    },
  };
}
