import { constants } from '../../energy/constants.ts';
import { logSdOfFactor } from '../../energy/distribution.ts';
import type { ModelCatalogue, ModelFacts } from '../../energy/modelFacts.ts';
import type { Profile } from '../../energy/profile.ts';
import type { Workload } from '../../energy/workload.ts';
import { nearestModels } from '../../knowledge/models/findModel.ts';
import { type EstimateError, fail } from './checkFields.ts';
import { classicalWorkload } from './classicalWorkload.ts';
import { contradictionOf, sizeAssumption } from './contradiction.ts';
import { engineNames, parseEngine } from './engineName.ts';
import type { EstimateRequest } from './estimateRequest.ts';
import { formatNames, methodNames, namesBitsandbytes, parseFormat, parseMethod } from './formatName.ts';
import { PROFILE_FILE } from './readProjectProfile.ts';

/** What `kind` may say of a model that is given by its size alone, and what then runs. */
const KINDS: Readonly<Record<string, Workload['kind']>> = {
  llm: 'generate',
  encoder: 'encode',
  embedding: 'encode',
  reranker: 'encode',
  vision: 'vision',
  detection: 'vision',
  speech: 'speech',
  diffusion: 'diffusion',
};

/** Whisper and its kin work on windows of this length. */
const WINDOW_SECONDS = 30;

/** The request as a workload; what it leaves open is said in `assumptions` and widens by `spread`. */
export function estimatedWorkload(
  request: EstimateRequest,
  models: ModelCatalogue,
  assumptions: string[],
  spread: number[],
  project?: Profile,
): Workload | EstimateError {
  if (request.learner !== undefined) return classicalWorkload(request, 'classical-predict', request.rows);
  const model = request.model === undefined ? undefined : models.find(request.model);
  if (request.model !== undefined && !model && request.params === undefined) {
    const near = nearestModels(request.model);
    return fail(
      'model',
      `"${request.model}" is not known and its name gives no size; give "params"${near.length > 0 ? `, or one of: ${near.join(', ')}` : ''}`,
    );
  }
  if (model && !model.hosted && request.params === undefined && (request.active ?? 0) > 1.25 * model.parameters) {
    return fail('active', `must not exceed the parameters of the model (${model.parameters}); it is ${request.active}`);
  }
  if (model?.isMixtureAssumed === true && request.params === undefined) {
    assumptions.push(
      `The name states half of a mixture's size: ${model.parameters / 1e9} billion parameters, ${model.activeParameters / 1e9} billion at work on a token, are assumed; state "params" and "active".`,
    );
    spread.push(logSdOfFactor(2));
  }
  const engine = request.engine === undefined ? undefined : parseEngine(request.engine);
  if (request.engine !== undefined && !engine)
    return fail('engine', `"${request.engine}" is not known; known: ${engineNames.join(', ')}`);
  const format = request.dtype === undefined ? undefined : parseFormat(request.dtype);
  if (request.dtype !== undefined && !format)
    return fail('dtype', `"${request.dtype}" is not known; known: ${formatNames.join(', ')}`);
  const method = request.quantMethod === undefined ? undefined : parseMethod(request.quantMethod, format?.format);
  if (method?.quantMethod === 'nf4' && namesBitsandbytes(request.quantMethod ?? '') && format?.format !== 'int4') {
    assumptions.push(
      'bitsandbytes without a number format: its 4-bit method (nf4) is assumed; LLM.int8() needs more energy.',
    );
    spread.push(logSdOfFactor(2));
  }
  if (request.quantMethod !== undefined && !method)
    return fail('quantMethod', `"${request.quantMethod}" is not known; known: ${methodNames.join(', ')}`);
  const kind = kindOf(request, model);
  if (kind === undefined)
    return fail('kind', `"${request.kind}" is not known; known: ${Object.keys(KINDS).join(', ')}`);
  const number = format?.format ?? method?.format ?? ggufFormat(format?.gguf ?? method?.gguf, model);
  const quantMethod = method?.quantMethod ?? format?.quantMethod;
  const contradiction = contradictionOf(request, model, format, method);
  if (contradiction) return contradiction;
  const resized = sizeAssumption(request, model);
  if (resized !== undefined) assumptions.push(resized);
  const ofId = number === undefined && model?.quantisation === 'gguf' ? model.quantisation : undefined;
  const runs = engine?.engine ?? (kind === 'generate' ? engineOf(quantMethod ?? ofId, assumptions) : undefined);
  const inputTokens = request.inputTokens ?? request.sequenceLength;
  return {
    kind,
    unit: 'request',
    model: {
      ...(request.model === undefined ? {} : { id: request.model }),
      ...statedSize(request, model),
    },
    ...(runs === undefined ? {} : { engine: runs }),
    ...(engine?.version === undefined ? {} : { engineVersion: engine.version }),
    ...(number === undefined ? {} : { format: number }),
    ...(quantMethod === undefined ? {} : { quantMethod }),
    batch: request.batch ?? assumedBatch(runs, kind, project, assumptions, spread),
    ...(request.width === undefined && request.height === undefined ? {} : { megapixels: pixels(request) / 2 ** 20 }),
    ...(request.steps === undefined ? {} : { steps: request.steps }),
    ...(request.frames === undefined ? {} : { frames: request.frames }),
    ...(inputTokens === undefined ? {} : { inputTokens }),
    ...(request.outputTokens === undefined ? {} : { outputTokens: request.outputTokens }),
    ...(kind === 'speech' ? windows(request.audioSeconds, assumptions) : {}),
  };
}

/** The engine that a way of quantising belongs to. */
function engineOf(method: Workload['quantMethod'], assumptions: string[]): Workload['engine'] {
  if (method === 'gguf') {
    assumptions.push('llama.cpp is assumed, which GGUF files are made for.');
    return 'llama.cpp';
  }
  if (method !== 'nf4' && method !== 'llm.int8') return undefined;
  assumptions.push('Plain Hugging Face generation is assumed, where bitsandbytes is at home.');
  return 'hf';
}

function kindOf(request: EstimateRequest, model: ModelFacts | undefined): Workload['kind'] | undefined {
  if (request.kind !== undefined) {
    const wanted = request.kind.trim().toLowerCase();
    return Object.hasOwn(KINDS, wanted) ? KINDS[wanted] : undefined;
  }
  if (model?.hosted) return 'hosted-call';
  return (model && Object.hasOwn(KINDS, model.kind) ? KINDS[model.kind] : undefined) ?? 'generate';
}

/** Without a model to carry the bits of a llama.cpp format they are rounded to a format. */
function ggufFormat(gguf: string | undefined, model: ModelFacts | undefined): Workload['format'] {
  if (gguf === undefined || model !== undefined) return undefined;
  return /^i?q[1-5]/.test(gguf) ? 'int4' : 'int8';
}

/** Sound is padded to whole windows; tokens are stated per window. */
function windows(seconds: number | undefined, assumptions: string[]): Partial<Workload> {
  if (seconds === undefined) {
    assumptions.push(`One window of ${WINDOW_SECONDS} s of sound is assumed.`);
    return {};
  }
  return { samples: Math.ceil(seconds / WINDOW_SECONDS) };
}

/** One side given: a square. */
function pixels(request: EstimateRequest): number {
  const width = request.width ?? request.height ?? 1024;
  return width * (request.height ?? width);
}

/** Parameters that the request states against or beside what is known of the model; a stated active count counts in any case. */
function statedSize(
  { params, active }: EstimateRequest,
  model: ModelFacts | undefined,
): Pick<NonNullable<Workload['model']>, 'parameters' | 'activeParameters'> {
  const isKnown = params === undefined || betterKnown(model, params);
  const parameters = isKnown ? model?.parameters : params;
  if (parameters === undefined) return {};
  const known = activeOf(model, parameters);
  // Whoever gives the whole size as the active count of a known mixture has not looked it up.
  const isTold = active !== undefined && !(isKnown && (agree(active, known) || agree(active, parameters)));
  const activeParameters = isTold ? active : known;
  return isKnown && activeParameters === known ? {} : { parameters, activeParameters };
}

/** The catalogue's exact count goes before a rounded one that agrees with it. */
function betterKnown(model: ModelFacts | undefined, stated: number): boolean {
  const isExact = model?.basis === 'catalogue' || model?.basis === 'config';
  return isExact && agree(model.parameters, stated);
}

function agree(count: number, other: number): boolean {
  return Math.abs(Math.log(count / other)) < Math.log(1.25);
}

function activeOf(model: ModelFacts | undefined, parameters: number): number {
  return model ? parameters * (model.activeParameters / model.parameters) : parameters;
}

function assumedBatch(
  engine: Workload['engine'],
  kind: Workload['kind'],
  project: Profile | undefined,
  assumptions: string[],
  spread: number[],
): number {
  if (kind !== 'generate') return 1;
  const stated = project?.isConcurrencyStated === true ? project.workload.concurrency : undefined;
  // Only servers answer several requests together by themselves.
  if (stated !== undefined && (stated === 1 || engine === undefined || engine === 'vllm')) {
    assumptions.push(`The batch is the concurrency that ${PROFILE_FILE} states: ${stated}.`);
    return stated;
  }
  if (engine === undefined || engine === 'vllm') {
    assumptions.push(
      `The batch (concurrency) is not given; 16 is assumed and the interval is ×/÷ ${constants.interval.batchUnknown}: state it first of all.`,
    );
    spread.push(logSdOfFactor(constants.interval.batchUnknown));
    return 16;
  }
  assumptions.push('The batch is not given; 1 is assumed.');
  spread.push(logSdOfFactor(3));
  return 1;
}
