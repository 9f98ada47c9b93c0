import type { NumberFormat, QuantMethod } from '../../energy/workload.ts';

/** What the end of a name says of how its weights are stored. */
export interface StoredAs {
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
  {
    pattern: /[-_.](?:int4[-_])?awq(?:[-_]?(?:int)?4(?:[-_]?bits?)?)?(?:[-_]\d+g)?$/,
    quantisation: 'awq',
    bits: 4.25,
    format: 'int4',
  },
  { pattern: /[-_.](?:unsloth[-_])?bnb[-_]?4[-_]?bits?$/, quantisation: 'nf4', bits: 4.5, format: 'int4' },
  { pattern: /[-_.](?:bnb[-_]?)?nf4$/, quantisation: 'nf4', bits: 4.5, format: 'int4' },
  { pattern: /[-_.](?:bnb[-_]?(?:8[-_]?bits?|int8)|llm\.int8)$/, quantisation: 'llm.int8', bits: 8.25, format: 'int8' },
  { pattern: /[-_.](?:fp8(?:[-_](?:dynamic|kv|block|static))?|f8)$/, quantisation: 'fp8', bits: 8, format: 'fp8' },
  { pattern: /[-_.](?:w4a16|quantized\.w4a16)$/, quantisation: 'gptq', bits: 4.25, format: 'int4' },
  { pattern: /[-_.](?:w8a8|w8a16|quantized\.w8a8|quantized\.w8a16)$/, bits: 8.25, format: 'int8' },
  { pattern: /[-_.](?:nvfp4|mxfp4)$/, bits: 4.5, format: 'int4' },
  // MLC: four-bit weights with a scale for each group of 32, or none at all (`q0f16`).
  { pattern: /[-_.]q4f(?:16|32)(?:_\d)?$/, bits: 4.5, format: 'int4' },
  { pattern: /[-_.]q3f(?:16|32)(?:_\d)?$/, bits: 3.5, format: 'int4' },
  { pattern: /[-_.]q0f16$/, bits: 16, format: 'fp16' },
  { pattern: /[-_.]q0f32$/, bits: 32, format: 'fp32' },
  { pattern: /[-_.](?:mlx[-_]?)?(?:int4|4[-_]?bits?)$/, bits: 4.5, format: 'int4' },
  { pattern: /[-_.](?:mlx[-_]?)?(?:int8|8[-_]?bits?)$/, bits: 8.5, format: 'int8' },
  { pattern: /[-_.](?:exl[23]|hqq|mlx|ct2|openvino|ov|litert|tflite|i1|qat|mlc(?:-\d+k)?)$/ },
  { pattern: /[-_.]onnx(?:[-_](?:web|cpu|cuda|directml|mobile))*$/ },
  { pattern: /[-_.](?:keras|pytorch|flax|(?:sfp[-_])?cpp|quant)$/ },
  { pattern: /[-_.](?:torchao|ao)$/, quantisation: 'torchao' },
  { pattern: /[-_.](?:bf16|bfloat16)$/, format: 'bf16' },
  { pattern: /[-_.](?:fp16|f16|float16)$/, format: 'fp16' },
  { pattern: /[-_.](?:fp32|f32|float32)$/, format: 'fp32' },
];

const GGUF_TAG = /^(.*)[-_.]((?:ud[-_])?(?:iq\d_[a-z]+|q\d_k(?:_[a-z]+)?|q\d_\d|q\d_k))$/;
/** Nearly every mark ends in a digit, or in one of these words: the others need no search. */
const MAY_HAVE_MARK =
  /(?:\d|bits?|g|_[a-z]+|gguf|gptq|awq|int8|w\da\d+|dynamic|kv|block|static|hqq|mlx|openvino|ov|litert|tflite|qat|mlc|mlc-\d+k|onnx|web|cpu|cuda|directml|mobile|keras|pytorch|flax|cpp|quant|torchao|ao)$/;

/** Takes the marks of storage off the end of a name (lower case). `isGguf`: the file says so already. */
export function splitMarks(text: string, isGguf: boolean): { readonly name: string; readonly stored: StoredAs } {
  let name = text;
  let quantisation: QuantMethod | undefined = isGguf ? 'gguf' : undefined;
  let bits: number | undefined;
  let format: NumberFormat | undefined;
  for (let changed = true; changed; ) {
    changed = false;
    if (!MAY_HAVE_MARK.test(name)) break;
    const gguf = GGUF_TAG.exec(name);
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
      bits ??= mark.bits ?? bitsOfGguf(quantisation, mark.format);
      format ??= mark.format;
      name = shorter;
      changed = true;
      break;
    }
  }
  return {
    name,
    stored: {
      ...(quantisation === undefined ? {} : { quantisation }),
      ...(bits === undefined ? {} : { bitsPerWeight: bits }),
      ...(format === undefined ? {} : { format }),
    },
  };
}

function bitsOfGguf(quantisation: QuantMethod | undefined, format: NumberFormat | undefined): number | undefined {
  if (quantisation !== 'gguf' || format === undefined) return undefined;
  return format === 'fp32' ? 32 : 16;
}
