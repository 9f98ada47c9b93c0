import type { Expression, LiteralExpression, MappingExpression } from '../../src/core/ir/expression.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import type { EngineClass } from '../../src/energy/workload.ts';
import { javascriptRuntime } from '../shared/javascriptRuntime.ts';
import { tableRead } from '../shared/recordTable.ts';
import {
  isConvolutional,
  isConvolutionalId,
  isDecoder,
  isNotWorthId,
  isNotWorthQuantising,
  isUnknownArchitecture,
} from '../shared/transformersJs.ts';
import { type UsageScale, usageScale } from '../shared/usageScale.ts';

export interface ExplicitFp32 {
  readonly load: Call;
  /** The `'fp32'` literal. */
  readonly literal: LiteralExpression;
  /** Module of a per-module object: `decoder_model_merged`. */
  readonly module?: string;
  readonly device: 'cpu' | 'gpu';
  readonly engine: EngineClass;
  /** What to use instead. */
  readonly dtype: 'q8' | 'q4' | 'fp16' | 'q4f16';
  readonly scale: UsageScale;
}

/** The modules that hold most of the weights; an encoder in fp32 beside a quantised decoder is the recommended mix. */
const LARGE_MODULES = [
  'decoder_model_merged',
  'decoder_with_past_model',
  'decoder_model',
  'language_model',
  'model',
  'embed_tokens',
];
const CUSTOM_ARCHITECTURE = /model_type['"]?\s*:\s*['"]custom['"]/;

/** The `'fp32'` that a load asks for: one, or one for each model of a table of configurations. */
export function explicitFp32(load: Call, program: Program): readonly ExplicitFp32[] {
  const dtype = load.argument('options.dtype');
  if (dtype.kind !== 'known' || isNotWorthQuantising(load)) return [];
  const options = load.argument('options');
  if (options.kind === 'known' && CUSTOM_ARCHITECTURE.test(program.text(options.value))) return [];
  const own = fp32Literal(dtype.value, program);
  const found = own ? [own] : tableLiterals(load, dtype.value, program);
  const device = found.length > 0 ? deviceOf(load, program) : undefined;
  const isNamed = !own || !isUnknownArchitecture(load);
  if (!device || (device.kind === 'cpu' && (isConvolutional(load) || !isNamed))) return [];
  const scale = usageScale(load, program);
  if (scale === 'once') return [];
  const replacement = device.kind === 'gpu' ? (isDecoder(load) ? 'q4f16' : 'fp16') : isDecoder(load) ? 'q4' : 'q8';
  return found.map((one) => ({
    load,
    ...one,
    device: device.kind,
    engine: device.engine,
    dtype: replacement,
    scale,
  }));
}

/** `pipeline(task, m.id, { dtype: m.dtype })`: the `'fp32'` of each record, beside an id for which 8 bits would pay. */
function tableLiterals(load: Call, dtype: Expression, program: Program): readonly { literal: LiteralExpression }[] {
  const read = tableRead(dtype, program);
  const model = load.argument(load.api?.modelParameter ?? 'model');
  const ids = model.kind === 'known' ? tableRead(model.value, program) : undefined;
  if (!read || !ids || ids.records[0] !== read.records[0]) return [];
  return read.records.flatMap((record) => {
    const entryOf = (key: string): Expression | undefined => record.entries.find((entry) => entry.key === key)?.value;
    const format = entryOf(read.key);
    const written = entryOf(ids.key);
    const id = written && program.constant(written);
    const literal = format && fp32Literal(format, program);
    if (!literal || literal.module !== undefined || id?.kind !== 'known' || typeof id.value !== 'string') return [];
    return isNotWorthId(id.value) || isConvolutionalId(id.value) ? [] : [{ literal: literal.literal }];
  });
}

function fp32Literal(dtype: Expression, program: Program): { literal: LiteralExpression; module?: string } | undefined {
  const values = program.values(dtype);
  const [value] = values;
  if (values.length !== 1 || !value) return undefined;
  if (value.kind === 'constant') {
    return value.value === 'fp32' && value.node.kind === 'literal' ? { literal: value.node } : undefined;
  }
  return value.kind === 'collection' && value.node.kind === 'mapping' ? fp32Module(value.node, program) : undefined;
}

function fp32Module(
  modules: MappingExpression,
  program: Program,
): { literal: LiteralExpression; module: string } | undefined {
  if (modules.entries.some(({ isSpread }) => isSpread)) return undefined;
  for (const name of LARGE_MODULES) {
    const entry = modules.entries.find(({ key }) => key === name);
    if (!entry) continue;
    const found = fp32Literal(entry.value, program);
    // `embed_tokens` is a look-up table: its precision costs memory, hardly any time.
    if (found || name !== 'embed_tokens') return found && { literal: found.literal, module: name };
  }
  return undefined;
}

function deviceOf(load: Call, program: Program): { kind: 'cpu' | 'gpu'; engine: EngineClass } | undefined {
  const device = load.constantArgument('options.device');
  if (device.kind === 'unknown') return undefined;
  const name = device.kind === 'known' ? device.value : null;
  if (typeof name === 'string' && /^(webgpu|webnn|gpu|cuda|dml|coreml)/.test(name)) {
    return { kind: 'gpu', engine: name.startsWith('web') ? 'ort-web-webgpu' : 'onnxruntime' };
  }
  const isNode = javascriptRuntime(program) === 'node' && name !== 'wasm';
  return { kind: 'cpu', engine: isNode ? 'onnxruntime' : 'ort-web-wasm' };
}
