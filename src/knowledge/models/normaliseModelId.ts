import type { NumberFormat, QuantMethod } from '../../energy/workload.ts';

/** A model id without the marks of mirrors, variants and quantisation, and what those marks said. */
export interface NormalisedModelId {
  /** Name without organisation and quantisation marks, lower case: `llama-3.1-8b-instruct`. */
  readonly name: string;
  /** `name` without what leaves the network's shape alone (-instruct, -chat, -it, dates): `llama-3.1-8b`. */
  readonly base: string;
  /** `base` without a version at its end: `mistral-7b`. */
  readonly family: string;
  readonly organisation?: string;
  readonly quantisation?: QuantMethod;
  readonly bitsPerWeight?: number;
  readonly format?: NumberFormat;
}

/** Average bits per weight of llama.cpp formats, scales included. */
const GGUF_BITS: Readonly<Record<string, number>> = {
  f32: 32,
  f16: 16,
  fp16: 16,
  bf16: 16,
  q8_0: 8.5,
  q6_k: 6.56,
  q6_k_l: 6.7,
  q5_k_m: 5.7,
  q5_k_l: 5.8,
  q5_k_s: 5.5,
  q5_0: 5.5,
  q5_1: 6,
  q4_k_m: 4.85,
  q4_k_l: 5,
  q4_k_s: 4.6,
  q4_0: 4.55,
  q4_1: 5,
  q3_k_m: 3.9,
  q3_k_l: 4.3,
  q3_k_s: 3.5,
  q2_k: 3.35,
  q2_k_l: 3.5,
  iq4_xs: 4.3,
  iq4_nl: 4.5,
  iq3_xs: 3.3,
  iq3_m: 3.7,
  iq2_m: 2.7,
  iq2_xs: 2.4,
  iq1_m: 1.75,
  iq1_s: 1.56,
};

interface Mark {
  readonly pattern: RegExp;
  readonly quantisation?: QuantMethod;
  readonly bits?: number;
  readonly format?: NumberFormat;
}

/** Suffixes in the order in which they are tried, again and again until none matches. */
const MARKS: readonly Mark[] = [
  { pattern: /[-_.]gguf$/, quantisation: 'gguf' },
  {
    pattern: /[-_.](?:gptq)(?:[-_]?(?:int)?4(?:[-_]?bits?)?)?(?:[-_]\d+g)?$/,
    quantisation: 'gptq',
    bits: 4.25,
    format: 'int4',
  },
  { pattern: /[-_.]gptq[-_]?(?:int)?8(?:[-_]?bits?)?$/, quantisation: 'gptq', bits: 8.25, format: 'int8' },
  { pattern: /[-_.]awq(?:[-_]?(?:int)?4(?:[-_]?bits?)?)?$/, quantisation: 'awq', bits: 4.25, format: 'int4' },
  { pattern: /[-_.](?:unsloth[-_])?bnb[-_]?4[-_]?bits?$/, quantisation: 'nf4', bits: 4.5, format: 'int4' },
  { pattern: /[-_.](?:bnb[-_]?)?nf4$/, quantisation: 'nf4', bits: 4.5, format: 'int4' },
  { pattern: /[-_.](?:bnb[-_]?8[-_]?bits?|llm\.int8)$/, quantisation: 'llm.int8', bits: 8.25, format: 'int8' },
  { pattern: /[-_.](?:fp8(?:[-_](?:dynamic|kv|block|static))?|f8)$/, quantisation: 'fp8', bits: 8, format: 'fp8' },
  { pattern: /[-_.](?:w4a16|quantized\.w4a16)$/, quantisation: 'gptq', bits: 4.25, format: 'int4' },
  { pattern: /[-_.](?:w8a8|w8a16|quantized\.w8a8|quantized\.w8a16)$/, bits: 8.25, format: 'int8' },
  { pattern: /[-_.](?:mlx[-_]?)?(?:int4|4[-_]?bits?)$/, bits: 4.5, format: 'int4' },
  { pattern: /[-_.](?:mlx[-_]?)?(?:int8|8[-_]?bits?)$/, bits: 8.5, format: 'int8' },
  { pattern: /[-_.](?:exl2|hqq|mlx|onnx|onnx[-_]web|ct2|openvino|litert|tflite)$/ },
  { pattern: /[-_.](?:torchao|ao)$/, quantisation: 'torchao' },
  { pattern: /[-_.](?:bf16|bfloat16)$/, format: 'bf16' },
  { pattern: /[-_.](?:fp16|f16|float16)$/, format: 'fp16' },
  { pattern: /[-_.](?:fp32|f32|float32)$/, format: 'fp32' },
];

const VARIANT =
  /[-_.](?:instruct|chat|it|base|hf|sft|dpo|rlhf|thinking|preview|latest|pt|text|original|turbo-instruct|\d{4}|\d{6,8}|\d{4}-\d{2}(?:-\d{2})?|v\d+\.\d+-?hf)$/;

/** Reads hub ids, mirrors (`unsloth/`, `TheBloke/`, `Xenova/`), GGUF files, Ollama tags and hub addresses. */
export function normaliseModelId(id: string): NormalisedModelId {
  const path = id
    .trim()
    .replace(/^https?:\/\/(?:www\.)?(?:huggingface\.co|hf\.co)\//i, '')
    .replace(/^(?:hf|models?|ollama|huggingface):\/{0,2}/i, '')
    .replace(/[?#].*$/, '')
    .replace(/\/(?:tree|blob|resolve)\/[^/]+/i, '')
    .replace(/[\\]/g, '/')
    .replace(/\/+$/, '');
  const segments = path.split('/').filter((segment) => segment !== '' && segment !== '.' && segment !== '..');
  const organisation = segments.length > 1 ? segments[0]?.toLowerCase() : undefined;
  let name = (segments.at(-1) ?? '').toLowerCase();
  let quantisation: QuantMethod | undefined;
  let bits: number | undefined;
  let format: NumberFormat | undefined;
  if (/\.(?:gguf|ggml)$/.test(name)) {
    quantisation = 'gguf';
    name = name.replace(/\.(?:gguf|ggml)$/, '').replace(/-\d{5}-of-\d{5}$/, '');
  }
  name = name.replace(/\.(?:safetensors|bin|onnx|pt|pth)$/, '').replace(/:(?=[^:]*$)/, '-');
  if (/^yolov?\d+[nsmlx]u?(?:-(?:seg|cls|pose|obb))?$/.test(name))
    name = name.replace(/(?:u)?(?:-(?:seg|cls|pose|obb))?$/, '');
  for (let changed = true; changed; ) {
    changed = false;
    const gguf = /^(.*)[-_.]((?:ud[-_])?(?:iq\d_[a-z]+|q\d_k(?:_[a-z]+)?|q\d_\d|q\d_k))$/.exec(name);
    if (gguf?.[1] && gguf[2]) {
      quantisation ??= 'gguf';
      bits ??= GGUF_BITS[gguf[2].replace(/^ud[-_]/, '')];
      format ??= (bits ?? 4) > 6 ? 'int8' : 'int4';
      name = gguf[1];
      changed = true;
      continue;
    }
    for (const mark of MARKS) {
      const shorter = name.replace(mark.pattern, '');
      if (shorter === name || shorter === '') continue;
      quantisation ??= mark.quantisation;
      bits ??=
        mark.bits ??
        (quantisation === 'gguf' && mark.format !== undefined ? (mark.format === 'fp32' ? 32 : 16) : undefined);
      format ??= mark.format;
      name = shorter;
      changed = true;
      break;
    }
  }
  const base = baseName(name);
  return {
    name,
    base,
    family: base.replace(/-v\d+(?:\.\d+)*$/, ''),
    ...(organisation === undefined ? {} : { organisation }),
    ...(quantisation === undefined ? {} : { quantisation }),
    ...(bits === undefined ? {} : { bitsPerWeight: bits }),
    ...(format === undefined ? {} : { format }),
  };
}

function baseName(name: string): string {
  let base = name
    .replace(/^(?:meta-llama|google|qwen|mistralai|microsoft|bartowski|meta|nvidia)[-_](?=[a-z]+[-_.\d])/, '')
    .replace(/^meta-llama/, 'llama');
  for (let shorter = base.replace(VARIANT, ''); shorter !== base && shorter !== ''; shorter = base.replace(VARIANT, ''))
    base = shorter;
  base = base.replace(/[-_.](?:instruct|chat|it)(?=[-_.])/, '');
  return base.replace(/_/g, '-').replace(/^llama-?(\d)/, 'llama-$1');
}
