import type { ModelFacts } from '../../energy/modelFacts.ts';
import type { NumberFormat, QuantMethod } from '../../energy/workload.ts';
import { type EstimateError, fail } from './checkFields.ts';
import type { EstimateRequest } from './estimateRequest.ts';
import type { FormatName } from './formatName.ts';

/** Formats that quantised weights are computed in. */
const COMPUTE: readonly NumberFormat[] = ['fp32', 'tf32', 'bf16', 'fp16'];
/** What `dtype` may say beside a method: the bits of its weights, or what it computes in. torchao makes any format. */
const FORMATS_OF: Readonly<Partial<Record<QuantMethod, readonly NumberFormat[]>>> = {
  nf4: [...COMPUTE, 'int4'],
  'llm.int8': [...COMPUTE, 'int8'],
  gptq: [...COMPUTE, 'int4', 'int8'],
  awq: [...COMPUTE, 'int4', 'int8'],
  gguf: [...COMPUTE, 'int4', 'int8'],
  fp8: [...COMPUTE, 'fp8'],
  'onnx-int8': [...COMPUTE, 'int8'],
  'onnx-int4': [...COMPUTE, 'int4'],
};
/** llama.cpp and what is built on it read GGUF files and nothing else. */
const READS_GGUF_ONLY = /^\s*(?:llama[._ -]?cpp|llamacpp|ollama|llamafile|lm studio|gguf)/i;
/** Beyond this factor two sizes are not the same model, however the parameters are counted. */
const AGREES = 1.3;

/** Two fields that cannot both be true, or undefined. */
export function contradictionOf(
  request: EstimateRequest,
  model: ModelFacts | undefined,
  dtype: FormatName | undefined,
  method: FormatName | undefined,
): EstimateError | undefined {
  const format = dtype?.format;
  const quantMethod = method?.quantMethod ?? dtype?.quantMethod;
  const differs = dtype?.quantMethod !== undefined && dtype.quantMethod !== quantMethod;
  const allowed = quantMethod === undefined ? undefined : FORMATS_OF[quantMethod];
  if (differs || (format !== undefined && allowed?.includes(format) === false))
    return fail('dtype', `"${request.dtype}" contradicts quantMethod "${request.quantMethod}"; give one of them`);
  if (READS_GGUF_ONLY.test(request.engine ?? '')) {
    if (isOtherThanGguf(quantMethod))
      return fail('quantMethod', `"${quantMethod}" does not run in ${request.engine}, which reads GGUF files`);
    const ofModel = format === undefined && quantMethod === undefined ? model?.quantisation : undefined;
    if (isOtherThanGguf(ofModel))
      return fail('engine', `${request.engine} reads GGUF files; "${request.model}" holds ${ofModel} weights`);
  }
  return sizesContradict(request, model);
}

function isOtherThanGguf(method: QuantMethod | undefined): boolean {
  return method !== undefined && method !== 'gguf' && method !== 'none';
}

/** Of pipelines and the like published counts leave out parts; the size of a language model has one meaning. */
export function sizesContradict(
  { params, model: name }: Pick<EstimateRequest, 'params' | 'model'>,
  model: ModelFacts | undefined,
): EstimateError | undefined {
  if (model?.kind !== 'llm' || (model.basis !== 'catalogue' && model.basis !== 'config')) return undefined;
  if (params === undefined || sizesAgree(model.parameters, params)) return undefined;
  const active = model.activeParameters < model.parameters ? ' (give those that work on a token as "active")' : '';
  return fail(
    'params',
    `${billions(params)} contradicts the model "${name}", which has ${billions(model.parameters)}${active}; give one of them`,
  );
}

/** Said where a stated size goes before another one that is known of the model. */
export function sizeAssumption({ params }: EstimateRequest, model: ModelFacts | undefined): string | undefined {
  if (model === undefined || model.hosted || params === undefined || sizesAgree(model.parameters, params))
    return undefined;
  const known = model.basis === 'size-in-name' ? 'its name says' : 'the catalogue has';
  return `The request states ${billions(params)} parameters of ${model.id}, ${known} ${billions(model.parameters)}: the stated size is taken.`;
}

function sizesAgree(one: number, other: number): boolean {
  return Math.abs(Math.log(one / other)) <= Math.log(AGREES);
}

function billions(count: number): string {
  return count >= 1e9
    ? `${Number((count / 1e9).toPrecision(3))} billion`
    : `${Number((count / 1e6).toPrecision(3))} million`;
}
