import { defineRule } from '../../src/core/engine/rule.ts';
import type { MappingEntry } from '../../src/core/ir/expression.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { fp32Device } from '../shared/fp32Device.ts';
import { javascriptRuntime } from '../shared/javascriptRuntime.ts';
import { isPipeline, isTransformersJsLoad, modelReference, workloadKind } from '../shared/transformersJs.ts';
import { usageScale } from '../shared/usageScale.ts';

interface IgnoredOption {
  readonly load: Call;
  readonly entry: MappingEntry;
  readonly device: 'cpu' | 'gpu';
  readonly unit: 'request' | 'item';
}

export default defineRule<IgnoredOption>({
  meta: {
    id: 'transformersjs-quantized-ignored',
    title: "Option 'quantized' is ignored since Transformers.js 3",
    category: 'missing-quantisation',
    languages: ['typescript'],
    tier: 'recommended',
    fixes: ['suggestion'],
    catalogue: ['tjs-quantized-option-ignored'],
    libraries: ['@huggingface/transformers'],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark) return;
    const loads = program.calls.filter(isTransformersJsLoad);
    if (loads.length === 0) return;
    const runtime = javascriptRuntime(program);
    for (const load of loads) {
      const entry = quantizedEntry(load);
      const device = entry && fp32Device(load, runtime);
      if (!entry || !device || !asksForQuantised(entry, program)) continue;
      const scale = usageScale(load, program);
      yield {
        span: { start: entry.start, end: entry.end },
        severity: scale === 'request' || scale === 'items' ? 'warning' : 'information',
        message: {
          what: '`quantized: true` has no effect since version 3: fp32 weights are loaded here.',
          why: 'The option became `dtype`; without it every device but wasm gets four bytes per weight.',
          advice:
            device === 'gpu'
              ? "Write `dtype: 'fp16'` (`'q4f16'` for language models) where the adapter has `shader-f16`: 8-bit weights gain little on a GPU."
              : "Write `dtype: 'q8'` instead.",
          ...(scale === 'unknown' || scale === 'once'
            ? { condition: 'The saving depends on how much the model is used.' }
            : {}),
        },
        related: [],
        state: { load, entry, device, unit: scale === 'request' ? 'request' : 'item' },
      };
    }
  },

  effect({ state: { load, device, unit } }) {
    return {
      before: {
        kind: workloadKind(load),
        unit,
        engine: 'onnxruntime',
        format: 'fp32',
        device,
        ...modelReference(load),
      },
      after: device === 'gpu' ? { format: 'fp16' } : { format: 'int8', quantMethod: 'onnx-int8' },
      alsoSaves: ['memory', 'network'],
    };
  },

  fixes({ state: { entry, device } }, program) {
    // WebGPU throws on fp16 without the feature shader-f16, for which an edit cannot test.
    if (device === 'gpu') return [];
    const quote = program.module.text.includes('"') && !program.module.text.includes("'") ? '"' : "'";
    return [
      {
        title: `Replace by dtype: ${quote}q8${quote}`,
        safety: 'suggestion',
        reason: 'The 8-bit weights that the option asked for are loaded from now on, so outputs change slightly.',
        edits: [{ span: { start: entry.start, end: entry.end }, text: `dtype: ${quote}q8${quote}` }],
      },
    ];
  },
});

function quantizedEntry(load: Call): MappingEntry | undefined {
  const options = load.node.args[isPipeline(load) ? 2 : 1]?.value;
  if (options?.kind !== 'mapping' || load.argument('options.dtype').kind !== 'absent') return undefined;
  return options.entries.find(({ key }) => key === 'quantized');
}

function asksForQuantised(entry: MappingEntry, program: Program): boolean {
  const value = program.constant(entry.value);
  return value.kind === 'known' && value.value === true;
}
