import { defineRule } from '../../src/core/engine/rule.ts';
import type { Expression, MappingEntry } from '../../src/core/ir/expression.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { javascriptRuntime, type Runtime } from '../shared/javascriptRuntime.ts';
import {
  className,
  isConvolutional,
  isNotWorthQuantising,
  isPipeline,
  modelReference,
  taskOf,
  workloadKind,
} from '../shared/transformersJs.ts';
import { usageScale } from '../shared/usageScale.ts';

interface Unquantised {
  readonly load: Call;
  readonly entry: MappingEntry;
  readonly runtime: Runtime;
  readonly unit: 'request' | 'item';
}

/** Classes without a task in their name that are transformers all the same. */
const TEXT_ENCODER = /Text(Model|ModelWithProjection)$/;

export default defineRule<Unquantised>({
  meta: {
    id: 'transformersjs-v2-unquantised',
    title: 'Full-precision weights asked for in Transformers.js 2',
    category: 'missing-quantisation',
    languages: ['typescript'],
    tier: 'recommended',
    fixes: ['suggestion'],
    catalogue: ['tjs-v2-quantized-false'],
    libraries: ['@xenova/transformers'],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark) return;
    for (const load of program.calls) {
      const entry = unquantisedEntry(load, program);
      if (!entry || isNotWorthQuantising(load) || isConvolutional(load)) continue;
      if (taskOf(load) === undefined && !TEXT_ENCODER.test(className(load) ?? '')) continue;
      const usage = usageScale(load, program);
      const isProved = usage === 'request' || usage === 'items';
      yield {
        span: { start: entry.start, end: entry.end },
        severity: isProved ? 'warning' : 'information',
        message: {
          what: '`quantized: false` loads fp32 weights; without it the 8-bit file is loaded.',
          why: 'Four bytes per weight are read instead of one: about twice the processor time for text encoders, and four times the download.',
          advice: 'Leave the option out, and compare the results on your own data.',
          ...(isProved ? {} : { condition: 'The saving depends on how much the model is used.' }),
        },
        related: [],
        state: { load, entry, runtime: javascriptRuntime(program), unit: usage === 'request' ? 'request' : 'item' },
      };
    }
  },

  effect({ state: { load, runtime, unit } }) {
    return {
      before: {
        kind: workloadKind(load),
        unit,
        engine: runtime === 'browser' ? 'ort-web-wasm' : 'onnxruntime',
        format: 'fp32',
        device: 'cpu',
        ...modelReference(load),
      },
      after: { format: 'int8', quantMethod: 'onnx-int8' },
      alsoSaves: ['memory', 'network'],
    };
  },

  fixes({ state: { entry } }) {
    return [
      {
        title: 'Load the 8-bit weights',
        safety: 'suggestion',
        reason: 'Outputs change slightly; embeddings that are stored have to be made again.',
        edits: [{ span: { start: entry.value.start, end: entry.value.end }, text: 'true' }],
      },
    ];
  },
});

function unquantisedEntry(load: Call, program: Program): MappingEntry | undefined {
  if (!load.api?.name.startsWith('@xenova/transformers.') || !load.api.roles.includes('model-load')) return undefined;
  const argument = load.argument('options.quantized');
  if (argument.kind !== 'known' || !isFalse(argument.value, program)) return undefined;
  const options = load.node.args[isPipeline(load) ? 2 : 1]?.value;
  if (options?.kind !== 'mapping') return undefined;
  return options.entries.find(({ key, value }) => key === 'quantized' && value.kind === 'literal');
}

function isFalse(value: Expression, program: Program): boolean {
  const constant = program.constant(value);
  return constant.kind === 'known' && constant.value === false;
}
