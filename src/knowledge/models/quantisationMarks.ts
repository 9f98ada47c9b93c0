import type { NumberFormat, QuantMethod } from '../../energy/workload.ts';
import { ggufTag } from './ggufBits.ts';

/** What the end of a name says of how its weights are stored. */
export interface StoredAs {
  readonly quantisation?: QuantMethod;
  /** Name of a way of quantising whose kernels nobody measured. */
  readonly scheme?: string;
  readonly bitsPerWeight?: number;
  readonly format?: NumberFormat;
}

interface Mark {
  /** A group catches the whole bits of a weight, where the mark can state them. */
  readonly pattern: RegExp;
  readonly quantisation?: QuantMethod;
  readonly scheme?: string;
  /** What scales and zero points add to the bits that the pattern catches. */
  readonly scales?: number;
  /** Bits where the pattern catches none; `usual` only if no other mark states them. */
  readonly bits?: number;
  readonly usual?: number;
  readonly format?: NumberFormat;
}

const BITS = '(?:int|w)?([2-8])(?![\\dg]*g)(?:[-_]?bits?)?';
const GROUP = '(?:[-_]?(?:g(?:s|roup)?\\d+|\\d+g))?';
const ACT_ORDER = '(?:[-_]act[-_]?order(?:[-_]\\w+)?)?';
const BPW = '(\\d(?:[._]\\d{1,2})?)[-_]?bpw';

/**
 * Suffixes in the order in which they are tried, again and again until none matches. Scales: GPTQ and AWQ by 128 weights a scale and a
 * zero point, MLX and HQQ by 64, NVFP4 one byte by 16, MXFP4 one byte by 32 (documentation of each, 2025).
 */
const MARKS: readonly Mark[] = [
  { pattern: /[-_.]gguf$/, quantisation: 'gguf' },
  {
    pattern: new RegExp(`[-_.]gptq(?:v2)?(?:[-_]?${BITS})?${GROUP}${ACT_ORDER}$`),
    quantisation: 'gptq',
    scales: 0.25,
    usual: 4.25,
  },
  {
    pattern: new RegExp(`[-_.](?:autoround[-_])?awq(?:[-_]?${BITS})?(?:[-_]?(?:g\\d+|\\d+g))?$`),
    quantisation: 'awq',
    scales: 0.25,
    usual: 4.25,
  },
  {
    pattern: /[-_.](?:unsloth[-_])?(?:bnb|bitsandbytes)[-_]?(?:4[-_]?bits?|nf4|int4)$/,
    quantisation: 'nf4',
    bits: 4.5,
  },
  { pattern: /[-_.](?:bnb|bitsandbytes)[-_]?(?:8[-_]?bits?|int8)$/, quantisation: 'llm.int8', bits: 8.25 },
  { pattern: /[-_.](?:4[-_]?bits?|int4)[-_](?:bnb|bitsandbytes)$/, quantisation: 'nf4', bits: 4.5 },
  { pattern: /[-_.](?:8[-_]?bits?|int8)[-_](?:bnb|bitsandbytes)$/, quantisation: 'llm.int8', bits: 8.25 },
  { pattern: /[-_.](?:nf4|bnb)$/, quantisation: 'nf4', bits: 4.5 },
  { pattern: /[-_.]llm\.int8$/, quantisation: 'llm.int8', bits: 8.25 },
  {
    pattern: /[-_.](?:fp8(?:[-_](?:dynamic|kv|block|static|e4m3(?:fn)?))*|f8|float8)$/,
    quantisation: 'fp8',
    bits: 8,
    format: 'fp8',
  },
  {
    pattern: new RegExp(`[-_.](?:quantized[.])?w4a16(?:[-_](?:a?sym|gptq))?${GROUP}$`),
    quantisation: 'gptq',
    bits: 4.25,
  },
  { pattern: /[-_.](?:quantized\.)?w4a8(?:[-_](?:int8|fp8))?$/, scheme: 'W4A8', bits: 4.25 },
  { pattern: /[-_.](?:quantized\.)?w8a8(?:[-_](?:int8|dynamic)(?:[-_]per[-_]token)?)?$/, scheme: 'W8A8', bits: 8.25 },
  { pattern: new RegExp(`[-_.](?:quantized[.])?w8a16${GROUP}$`), scheme: 'W8A16', bits: 8.25 },
  { pattern: /[-_.]mxfp4(?:[-_]preview)?$/, scheme: 'MXFP4', bits: 4.25 },
  { pattern: /[-_.](?:nv)?fp4(?:a16)?(?:[-_]v\d)?$/, scheme: 'NVFP4', bits: 4.5 },
  { pattern: new RegExp(`[-_.]exl[23](?:[-_]${BPW})?(?:[-_]h\\d)?$`), scheme: 'ExLlama', scales: 0, usual: 4 },
  { pattern: new RegExp(`[-_.]${BPW}(?:[-_]h\\d)?$`), scheme: 'ExLlama', scales: 0 },
  {
    pattern: /[-_.]aqlm(?:[-_]pv)?(?:[-_](\d)[-_]?bits?)?(?:[-_]\d+x\d+)?(?:[-_]hf)?$/,
    scheme: 'AQLM',
    scales: 0.1,
    usual: 2.1,
  },
  { pattern: /[-_.](\d)[-_]?bits?(?:[-_]?gs?\d+)?(?:[-_]s\d+)?[-_]hqq(?:[-_]calib)?$/, scheme: 'HQQ', scales: 0.5 },
  { pattern: /[-_.]hqq(?:[-_](\d)[-_]?bits?)?(?:[-_]calib)?$/, scheme: 'HQQ', scales: 0.5, usual: 4.5 },
  { pattern: /[-_.]e8p[-_]?2[-_]?bits?$|[-_.]quip(?:[-_]?sharp)?$/, scheme: 'QuIP#', bits: 2.1 },
  // MLC: four-bit weights with a scale for each group of 32, or none at all (`q0f16`).
  { pattern: /[-_.]q4f(?:16|32)(?:_\d)?$/, bits: 4.5 },
  { pattern: /[-_.]q3f(?:16|32)(?:_\d)?$/, bits: 3.5 },
  { pattern: /[-_.]q0f16$/, bits: 16, format: 'fp16' },
  { pattern: /[-_.]q0f32$/, bits: 32, format: 'fp32' },
  { pattern: /[-_.]mlx[-_]q([2-8])$/, scheme: 'MLX', scales: 0.5 },
  { pattern: /[-_.]mlx[-_](\d)[-_]?bits?(?:[-_]dwq)?$/, scheme: 'MLX', scales: 0.5 },
  { pattern: /[-_.](?:int([48])|([2-8])[-_]?bits?)(?:[-_]dwq)?$/, scheme: 'an unnamed method', scales: 0.5 },
  { pattern: /[-_.](?:mlx|ct2|openvino|ov|litert|tflite|i1|qat|dwq|autoround|mlc(?:-\d+k)?)$/ },
  { pattern: /[-_.]onnx(?:[-_](?:web|cpu|cuda|directml|mobile))*$/ },
  { pattern: /[-_.](?:keras|pytorch|flax|(?:sfp[-_])?cpp|quant)$/ },
  { pattern: /[-_.](?:torchao|ao)$/, quantisation: 'torchao' },
  { pattern: /[-_.](?:bf16|bfloat16)$/, format: 'bf16' },
  { pattern: /[-_.](?:fp16|f16|float16)$/, format: 'fp16' },
  { pattern: /[-_.](?:fp32|f32|float32)$/, format: 'fp32' },
];

/** Nearly every mark ends in a digit, or in one of these words: the others need no search. */
const MAY_HAVE_MARK =
  /(?:\d|bits?|g|_[a-z]+|gguf|gptq|awq|bnb|bitsandbytes|sym|true|order|dynamic|token|kv|block|static|e4m3fn|bpw|preview|fp4a16|dwq|autoround|x\d+-hf|hqq|calib|quip|sharp|mlx|openvino|ov|litert|tflite|qat|mlc|mlc-\d+k|onnx|web|cpu|cuda|directml|mobile|keras|pytorch|flax|cpp|quant|torchao|ao)$/;

/** Takes the marks of storage off the end of a name (lower case). `isGguf`: the file says so already. */
export function splitMarks(text: string, isGguf: boolean): { readonly name: string; readonly stored: StoredAs } {
  let name = text;
  let quantisation: QuantMethod | undefined = isGguf ? 'gguf' : undefined;
  let scheme: string | undefined;
  let bits: number | undefined;
  let usual: number | undefined;
  let format: NumberFormat | undefined;
  while (MAY_HAVE_MARK.test(name)) {
    const gguf = ggufTag(name);
    if (gguf) {
      quantisation ??= 'gguf';
      bits ??= gguf.bits;
      name = gguf.before;
      continue;
    }
    const found = markAt(name);
    if (!found) break;
    const { mark, before, stated } = found;
    if (scheme === undefined) quantisation ??= mark.quantisation;
    scheme ??= mark.scheme;
    bits ??= stated ?? bitsOfGguf(quantisation, mark.format);
    usual ??= mark.usual;
    format ??= mark.format;
    name = before;
  }
  // Methods that are known say more than the bits beside them.
  const unmeasured = quantisation === undefined ? scheme : undefined;
  const size = bits ?? usual;
  format ??= size === undefined ? undefined : size > 6 ? 'int8' : 'int4';
  return {
    name,
    stored: {
      ...(quantisation === undefined ? {} : { quantisation }),
      ...(unmeasured === undefined ? {} : { scheme: unmeasured }),
      ...(size === undefined ? {} : { bitsPerWeight: size }),
      ...(format === undefined ? {} : { format }),
    },
  };
}

interface FoundMark {
  readonly mark: Mark;
  readonly before: string;
  /** Bits per weight, scales included. */
  readonly stated: number | undefined;
}

function markAt(name: string): FoundMark | undefined {
  for (const mark of MARKS) {
    const match = mark.pattern.exec(name);
    if (!match || match.index === 0) continue;
    const caught = match.slice(1).find((group) => group !== undefined);
    const stated = caught === undefined ? mark.bits : Number(caught.replace('_', '.')) + (mark.scales ?? 0);
    return { mark, before: name.slice(0, match.index), stated };
  }
  return undefined;
}

function bitsOfGguf(quantisation: QuantMethod | undefined, format: NumberFormat | undefined): number | undefined {
  if (quantisation !== 'gguf' || format === undefined) return undefined;
  return format === 'fp32' ? 32 : 16;
}
