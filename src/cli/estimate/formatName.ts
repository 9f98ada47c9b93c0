import type { NumberFormat, QuantMethod } from '../../energy/workload.ts';

export interface FormatName {
  readonly format?: NumberFormat;
  readonly quantMethod?: QuantMethod;
  /** Name of a llama.cpp format (`q4_k_m`), which the model's id would otherwise carry. */
  readonly gguf?: string;
}

const FORMATS: Readonly<Record<string, FormatName>> = {
  fp64: { format: 'fp64' },
  float64: { format: 'fp64' },
  fp32: { format: 'fp32' },
  f32: { format: 'fp32' },
  float32: { format: 'fp32' },
  '32': { format: 'fp32' },
  float: { format: 'fp32' },
  tf32: { format: 'tf32' },
  bf16: { format: 'bf16' },
  bfloat16: { format: 'bf16' },
  '16': { format: 'bf16' },
  auto: {},
  unspecified: {},
  '': {},
  fp16: { format: 'fp16' },
  f16: { format: 'fp16' },
  float16: { format: 'fp16' },
  half: { format: 'fp16' },
  fp8: { format: 'fp8' },
  f8: { format: 'fp8' },
  fp8_e4m3: { format: 'fp8' },
  int8: { format: 'int8' },
  '8': { format: 'int8' },
  '8bit': { format: 'int8' },
  '8-bit': { format: 'int8' },
  w8a8: { format: 'int8' },
  int4: { format: 'int4' },
  '4': { format: 'int4' },
  '4bit': { format: 'int4' },
  '4-bit': { format: 'int4' },
  fp4: { format: 'int4', quantMethod: 'nf4' },
  nf4: { format: 'int4', quantMethod: 'nf4' },
  nf4_double: { format: 'int4', quantMethod: 'nf4' },
  mxfp4: { format: 'int4' },
  nvfp4: { format: 'int4' },
  w4a16: { format: 'int4' },
  gptq: { format: 'int4', quantMethod: 'gptq' },
  awq: { format: 'int4', quantMethod: 'awq' },
};

const METHODS: Readonly<Record<string, FormatName>> = {
  gguf: { quantMethod: 'gguf' },
  gptq: { quantMethod: 'gptq' },
  gptq_marlin: { quantMethod: 'gptq' },
  awq: { quantMethod: 'awq' },
  awq_marlin: { quantMethod: 'awq' },
  nf4: { quantMethod: 'nf4' },
  nf4_double: { quantMethod: 'nf4' },
  fp4: { quantMethod: 'nf4' },
  bnb: { quantMethod: 'nf4' },
  bitsandbytes: { quantMethod: 'nf4' },
  'bitsandbytes-nf4': { quantMethod: 'nf4' },
  'bnb-nf4': { quantMethod: 'nf4' },
  'bnb-4bit': { quantMethod: 'nf4' },
  'llm.int8': { quantMethod: 'llm.int8' },
  'llm.int8()': { quantMethod: 'llm.int8' },
  'bitsandbytes-int8': { quantMethod: 'llm.int8' },
  'bnb-int8': { quantMethod: 'llm.int8' },
  'bnb-8bit': { quantMethod: 'llm.int8' },
  torchao: { quantMethod: 'torchao' },
  'onnx-int8': { quantMethod: 'onnx-int8' },
  'onnx-int4': { quantMethod: 'onnx-int4' },
  fp8: { quantMethod: 'fp8' },
  fbgemm_fp8: { quantMethod: 'fp8' },
  int8: { format: 'int8' },
  int4: { format: 'int4' },
  none: {},
  '': {},
  '16': {},
  '8': { format: 'int8' },
  '4': { format: 'int4' },
  mxfp4: { format: 'int4' },
};

export const formatNames: readonly string[] = ['fp32', 'tf32', 'bf16', 'fp16', 'fp8', 'int8', 'int4'];
export const methodNames: readonly string[] = [
  'gguf',
  'gptq',
  'awq',
  'nf4',
  'llm.int8',
  'torchao',
  'fp8',
  'onnx-int8',
  'onnx-int4',
];

/** Reads a number format in the spellings of tables: `bfloat16`, `q4_K_M`, `bf16 or fp16 (vLLM default dtype)`. */
export function parseFormat(text: string): FormatName | undefined {
  return lookUp(text, FORMATS);
}

/** Reads a quantisation method: `gptq`, `bitsandbytes-nf4`, `q4_K_M`; bitsandbytes alone is what `format` makes it. */
export function parseMethod(text: string, format?: NumberFormat): FormatName | undefined {
  const method = lookUp(text, METHODS) ?? lookUp(text, FORMATS);
  return format === 'int8' && namesBitsandbytes(text) ? { quantMethod: 'llm.int8' } : method;
}

/** bitsandbytes has an 8-bit and a 4-bit method, and this text does not say which. */
export function namesBitsandbytes(text: string): boolean {
  return /^\s*(?:bnb|bitsandbytes)\s*$/i.test(text);
}

function lookUp(text: string, table: Readonly<Record<string, FormatName>>): FormatName | undefined {
  const wanted = text
    .toLowerCase()
    .replace(/\(.*$/, '')
    .replace(/ or .*$/, '')
    .replace(/^torch\./, '')
    .trim();
  if (/^(?:i?q\d)/.test(wanted)) return { quantMethod: 'gguf', gguf: wanted };
  return Object.hasOwn(table, wanted) ? table[wanted] : undefined;
}
