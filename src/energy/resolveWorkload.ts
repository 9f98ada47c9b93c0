import { tokensOf } from './assumedTokens.ts';
import { constants } from './constants.ts';
import { addDeviceEvidence } from './deviceEvidence.ts';
import { combineLogSd, logSdOfFactor } from './distribution.ts';
import type { ModelCatalogue, ModelFacts } from './modelFacts.ts';
import { type PictureShape, pictureShapeOf } from './pictureShape.ts';
import { ON_PROCESSOR, placeOf } from './placement.ts';
import type { Hardware, Profile } from './profile.ts';
import { withoutNonsense } from './statedWorkload.ts';
import type { EngineClass, NumberFormat, Workload } from './workload.ts';

/** A workload with every gap filled by a stated default. Log standard deviations widen the interval of the whole. */
export interface ResolvedWorkload {
  readonly workload: Workload;
  readonly model: ModelFacts | undefined;
  readonly parameters: number;
  readonly activeParameters: number;
  readonly format: NumberFormat;
  readonly hardware: Hardware;
  readonly devices: number;
  readonly batch: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** What a diffusion model makes. */
  readonly picture?: PictureShape;
  /** Items computed per unit of work, repeats included. */
  readonly itemsPerUnit: number;
  readonly logSd: number;
  readonly assumptions: readonly string[];
}

const DEFAULT_PARAMETERS: Readonly<Record<Workload['kind'], number>> = {
  generate: 7e9,
  encode: 1.1e8,
  vision: 8.6e7,
  speech: 2.4e8,
  diffusion: 1e9,
  train: 1.1e8,
  'classical-fit': 0,
  'classical-predict': 0,
  'load-model': 1.1e8,
  'read-data': 0,
  'hosted-call': 0,
};

/**
 * What an engine usually loads when the model is not named: assumptions, each an order of magnitude (a pickled forest of some
 * megabytes, a ResNet-50, a BERT-base, a 7 B model), stated with the estimate and widened by `modelUnknown`.
 */
const LOADED_PARAMETERS: Readonly<Partial<Record<EngineClass, number>>> = {
  sklearn: 2.5e6,
  gbdt: 2.5e6,
  tfjs: 5e6,
  torch: 2.5e7,
  keras: 2.5e7,
  onnxruntime: 2.5e7,
  diffusers: 1e9,
  'llama.cpp': 7e9,
  vllm: 7e9,
};

function defaultParameters({ kind, engine }: Workload): number {
  const loaded = kind === 'load-model' && engine !== undefined ? LOADED_PARAMETERS[engine] : undefined;
  return loaded ?? DEFAULT_PARAMETERS[kind];
}

/** Fills the gaps of `workload` for the machine of `profile`, noting each assumption, most decisive first. */
export function resolveWorkload(stated: Workload, profile: Profile, models: ModelCatalogue): ResolvedWorkload {
  const workload = withoutNonsense(stated);
  const widen = constants.interval;
  const assumptions: string[] = [];
  const spread: number[] = [];
  const model = workload.model?.id === undefined ? undefined : models.find(workload.model.id);
  const place = placeOf(workload, profile);
  assumptions.push(...place.assumptions);
  if (place.assumed) spread.push(logSdOfFactor(widen.deviceAssumed));
  addDeviceEvidence(place.hardware, workload.kind, assumptions, spread);

  const batch = batchOf(workload, model, profile, assumptions, spread);
  const count = workload.model?.parameters;
  let parameters = count ?? model?.parameters ?? 0;
  if (parameters <= 0) {
    parameters = defaultParameters(workload);
    if (parameters > 0) {
      assumptions.push(`The model is not known; ${describeCount(parameters)} parameters are assumed.`);
      spread.push(logSdOfFactor(widen.modelUnknown));
    }
  } else if (count === undefined && model?.basis === 'size-in-name') {
    assumptions.push(`The size of ${model.id} is read from its name.`);
    spread.push(logSdOfFactor(widen.sizeFromName));
  }
  if (workload.kind === 'generate' && !isShapeKnown(model) && parameters > 0) {
    assumptions.push('Only the size of the model is known: a usual number of layers and key-value heads is assumed.');
    spread.push(logSdOfFactor(widen.shapeUnknown));
  }
  const activeParameters =
    workload.model?.activeParameters ?? (count === undefined ? model?.activeParameters : undefined) ?? parameters;
  if (workload.kind === 'generate' && workload.engine === undefined) {
    assumptions.push(`The engine is not known: the interval is at least ×/÷ ${widen.engineUnknown}.`);
  }
  const tokens = tokensOf(workload, model, assumptions, spread);
  const itemsPerUnit = itemsOf(workload, assumptions, spread);
  const makesPictures = workload.kind === 'diffusion' || (workload.kind === 'train' && model?.kind === 'diffusion');
  const picture = makesPictures ? pictureShapeOf(workload, workload.model?.id, assumptions, spread) : undefined;
  return {
    workload,
    model,
    parameters,
    activeParameters: Math.min(activeParameters, parameters),
    format: onDevice(formatOf(workload, model), workload, place.hardware, assumptions),
    hardware: place.hardware,
    devices: Math.max(1, workload.devices ?? place.hardware.count),
    batch,
    ...tokens,
    ...(picture === undefined ? {} : { picture }),
    itemsPerUnit,
    logSd: combineLogSd(...spread),
    assumptions,
  };
}

/** Layers and heads stand in the catalogue, or in the configuration of the model's own folder. */
function isShapeKnown(model: ModelFacts | undefined): boolean {
  return model?.basis === 'catalogue' || (model?.layers !== undefined && model.heads !== undefined);
}

/** Samples of a training step where the code does not say: 32 in torchvision's reference scripts, 128 in timm's; 8 to 32 texts. */
const USUAL_BATCH = { pictures: 64, others: 16 };

function batchOf(
  workload: Workload,
  model: ModelFacts | undefined,
  profile: Profile,
  assumptions: string[],
  spread: number[],
): number {
  if (workload.batch !== undefined && workload.batch > 0) return workload.batch;
  if (workload.kind === 'train') {
    const usual = model?.kind === 'vision' ? USUAL_BATCH.pictures : USUAL_BATCH.others;
    assumptions.push(`Batch size ${usual} is assumed.`);
    spread.push(logSdOfFactor(1.6));
    return usual;
  }
  if (workload.kind !== 'generate') return 1;
  const together = workload.engine === 'vllm' ? Math.max(1, profile.workload.concurrency) : 1;
  assumptions.push(
    together === 1
      ? 'Requests are taken to be answered one at a time (concurrency 1).'
      : `${together} requests are answered together, as the profile states.`,
  );
  if (workload.engine === undefined) spread.push(logSdOfFactor(2));
  else if (together === 1 && workload.engine === 'vllm') spread.push(logSdOfFactor(constants.interval.batchUnknown));
  return together;
}

function itemsOf(workload: Workload, assumptions: string[], spread: number[]): number {
  const repeats = Math.max(0, workload.repeats ?? 1);
  if (workload.kind === 'load-model' || workload.kind === 'read-data') return repeats;
  const perUnit = workload.unit === 'run' || workload.unit === 'epoch';
  const epochs = workload.kind === 'train' && workload.unit === 'run' ? (workload.epochs ?? 3) : 1;
  if (workload.kind === 'train' && workload.unit === 'run' && workload.epochs === undefined)
    assumptions.push('3 epochs are assumed.');
  if (!perUnit) return repeats * Math.max(0, workload.samples ?? 1);
  if (workload.samples === undefined) {
    const samples = workload.kind === 'train' || workload.kind === 'classical-fit' ? 10_000 : 100;
    assumptions.push(`${samples.toLocaleString('en')} samples per ${workload.unit} are assumed.`);
    spread.push(logSdOfFactor(constants.interval.itemsAssumed));
    return samples * epochs * repeats;
  }
  return Math.max(0, workload.samples) * epochs * repeats;
}

/** Where nobody states a format, devices without bfloat16 units run bfloat16 checkpoints in float16, as servers choose by themselves. */
function onDevice(
  format: NumberFormat,
  workload: Workload,
  { kind, device, peakTflops }: Hardware,
  assumptions: string[],
): NumberFormat {
  if (workload.format !== undefined || format !== 'bf16' || kind !== 'gpu') return format;
  if (peakTflops.bf16 !== undefined || peakTflops.fp16 === undefined) return format;
  assumptions.push(`${device} has no units for bfloat16; float16 is assumed.`);
  return 'fp16';
}

function formatOf(workload: Workload, model: ModelFacts | undefined): NumberFormat {
  if (workload.format !== undefined) return workload.format;
  const stored = model?.storedFormat;
  // A method that the id names is a measured effect on 16 bits; weights that are small by themselves (MXFP4, MLC) are read as such.
  const isSmall = stored === 'int8' || stored === 'int4';
  if (stored !== undefined && (!isSmall || model?.quantisation === undefined)) return stored;
  if (workload.engine !== undefined && ON_PROCESSOR.has(workload.engine)) return 'fp32';
  return workload.kind === 'generate' || workload.kind === 'diffusion' ? 'bf16' : 'fp32';
}

function describeCount(count: number): string {
  return count >= 1e9 ? `${count / 1e9} billion` : `${Math.round(count / 1e6)} million`;
}
