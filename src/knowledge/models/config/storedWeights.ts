import type { NumberFormat, QuantMethod } from '../../../energy/workload.ts';
import type { ConfigReader } from './configReader.ts';

/** What a configuration says of how its weights are stored. */
export interface StoredWeights {
  readonly storedFormat?: NumberFormat;
  readonly quantisation?: QuantMethod;
  /** A way of quantising of which nobody measured the energy. */
  readonly scheme?: string;
  readonly bitsPerWeight?: number;
}

const FORMATS: Readonly<Record<string, NumberFormat>> = {
  float32: 'fp32',
  float16: 'fp16',
  bfloat16: 'bf16',
  float8_e4m3fn: 'fp8',
};
const FP8: StoredWeights = { storedFormat: 'fp8', quantisation: 'fp8', bitsPerWeight: 8 };
const NVFP4: StoredWeights = { storedFormat: 'int4', scheme: 'NVFP4', bitsPerWeight: 4.5 };

/** Reads `quantization_config` of transformers, and the number format of plain weights. */
export function storedWeights(config: ConfigReader): StoredWeights {
  const dtype = (config.text('torch_dtype') ?? config.text('dtype'))?.replace(/^torch\./, '');
  const format = dtype !== undefined && Object.hasOwn(FORMATS, dtype) ? FORMATS[dtype] : undefined;
  const plain = format === undefined ? {} : { storedFormat: format };
  const quantised = config.part('quantization_config');
  return (quantised && quantisedWeights(quantised, plain)) ?? plain;
}

function quantisedWeights(config: ConfigReader, plain: StoredWeights): StoredWeights | undefined {
  const bits = config.count('bits', 'w_bit', 'num_bits') ?? (config.flag('load_in_4bit') === true ? 4 : 8);
  const method = config.text('quant_method');
  switch (method) {
    case 'gptq':
    case 'awq':
      return { storedFormat: whole(bits), quantisation: method, bitsPerWeight: bits + 0.25 };
    case 'bitsandbytes':
      return bits <= 4
        ? { storedFormat: 'int4', quantisation: 'nf4', bitsPerWeight: 4.5 }
        : { storedFormat: 'int8', quantisation: 'llm.int8', bitsPerWeight: 8.25 };
    case 'fp8':
    case 'fbgemm_fp8':
      return FP8;
    case 'torchao':
      return { ...plain, quantisation: 'torchao' };
    case 'mxfp4':
      return { storedFormat: 'int4', bitsPerWeight: 4.25 };
    case 'exl2':
    case 'exl3':
      return { storedFormat: whole(bits), scheme: 'ExLlama', bitsPerWeight: bits };
    case 'aqlm':
      return { storedFormat: 'int4', scheme: 'AQLM', bitsPerWeight: aqlmBits(config) };
    case 'hqq':
      return { storedFormat: 'int4', scheme: 'HQQ', bitsPerWeight: 4.5 };
    case 'modelopt':
      return /nvfp4/i.test(config.text('quant_algo') ?? '') ? NVFP4 : FP8;
    case 'compressed-tensors':
      return compressed(config);
    default:
      return undefined;
  }
}

/** Codebooks of `nbits` for groups of weights, and what scales add. */
function aqlmBits(config: ConfigReader): number {
  const codes = (config.count('nbits_per_codebook') ?? 16) * (config.count('num_codebooks') ?? 1);
  return codes / (config.count('in_group_size') ?? 8) + 0.1;
}

/** llm-compressor: the first group of layers stands for all. */
function compressed(config: ConfigReader): StoredWeights | undefined {
  const weights = config.part('config_groups')?.part('group_0')?.part('weights');
  const bits = weights?.count('num_bits');
  if (bits === undefined) return undefined;
  if (weights?.text('type') === 'float') return bits <= 4 ? NVFP4 : FP8;
  if (bits <= 4) return { storedFormat: 'int4', quantisation: 'gptq', bitsPerWeight: bits + 0.25 };
  return { storedFormat: 'int8', scheme: 'W8A8', bitsPerWeight: bits + 0.25 };
}

function whole(bits: number): NumberFormat {
  return bits > 6 ? 'int8' : 'int4';
}
