import { defineRule, type Fix } from '../../src/core/engine/rule.ts';
import { insertProperty } from '../../src/core/fixes/callEdits.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { javascriptRuntime } from '../shared/javascriptRuntime.ts';
import { missingModule } from '../shared/missingModule.ts';
import { f16Choice, SHADER_F16_REASON } from '../shared/shaderF16.ts';
import {
  isDecoder,
  isLocalModel,
  isNotWorthQuantising,
  isQuantisedModel,
  isTransformersJsLoad,
  modelReference,
  workloadKind,
} from '../shared/transformersJs.ts';
import { usageScale } from '../shared/usageScale.ts';

export default defineRule<Call>({
  meta: {
    id: 'transformersjs-webgpu-fp32',
    title: 'Transformers.js on WebGPU loads fp32 weights',
    category: 'full-precision',
    languages: ['typescript'],
    tier: 'recommended',
    fixes: ['suggestion'],
    catalogue: ['tjs-webgpu-default-fp32'],
    libraries: ['@huggingface/transformers'],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark) return;
    for (const load of program.calls.filter(isTransformersJsLoad)) {
      const missing = missingModule(load, program);
      if (!isOnWebGpu(load, program) || (hasDtype(load) && !missing) || isExempt(load)) continue;
      if (usageScale(load, program) === 'once') continue;
      const [half, fallback] = formatsFor(load);
      yield {
        span: { start: load.node.start, end: load.node.end },
        severity: 'information',
        message: {
          what: missing
            ? `\`dtype\` does not name \`${missing.module}\`, so Transformers.js loads fp32 weights for it on WebGPU.`
            : 'No `dtype` is given, so Transformers.js loads fp32 weights for WebGPU.',
          why: 'Only wasm is 8-bit by default; fp32 weights take twice to six times the memory traffic, which bounds inference on a GPU.',
          advice: missing
            ? `Add \`${missing.module}: 'q4'\` to it, or \`'q4f16'\` where the adapter has the feature \`shader-f16\`.`
            : `Pass \`dtype: '${half}'\` where the adapter has the feature \`shader-f16\`, else \`'${fallback}'\`.`,
          condition: 'The saving depends on the GPU of the visitor.',
        },
        related: [],
        state: load,
      };
    }
  },

  effect({ state: load }, program) {
    // What share of the weights one module has is not in the text.
    if (missingModule(load, program)) return undefined;
    return {
      before: {
        kind: workloadKind(load),
        unit: 'item',
        engine: 'ort-web-webgpu',
        format: 'fp32',
        device: 'gpu',
        ...modelReference(load),
      },
      after: isDecoder(load) ? { format: 'int4', quantMethod: 'onnx-int4' } : { format: 'fp16' },
      alsoSaves: ['memory', 'network'],
    };
  },

  fixes({ state: load }, program): readonly Fix[] {
    const options = load.argument('options');
    if (options.kind !== 'known' || options.value.kind !== 'mapping' || hasDtype(load)) return [];
    const [half, other] = formatsFor(load);
    const choice = f16Choice(options.value, load, half, other, program);
    if (choice === undefined) return [];
    const { text, language } = program.module;
    const edits = insertProperty(options.value, `dtype: ${choice}`, text, language);
    return [{ title: `Choose ${half} where the GPU has it`, safety: 'suggestion', reason: SHADER_F16_REASON, edits }];
  },
});

/** The format on adapters with 16-bit shaders, and that on the others. */
function formatsFor(load: Call): readonly [half: string, other: string] {
  return isDecoder(load) ? ['q4f16', 'q4'] : ['fp16', 'fp32'];
}

/**
 * `'webgpu'`, `'webnn-gpu'`, or a choice between it and wasm: the missing dtype follows the device that is asked for. In a browser
 * `'auto'` and `'gpu'` are no names of wasm either.
 */
function isOnWebGpu(load: Call, program: Program): boolean {
  const device = load.argument('options.device');
  if (device.kind !== 'known') return false;
  const values = program.values(device.value);
  if (!values.every((value) => value.kind === 'constant')) return false;
  const names = values.map((value) => (value.kind === 'constant' ? String(value.value) : ''));
  if (names.some((name) => /^(webgpu|webnn(-gpu|-npu)?)$/.test(name))) return true;
  return names.some((name) => name === 'auto' || name === 'gpu') && javascriptRuntime(program) === 'browser';
}

function hasDtype(load: Call): boolean {
  return load.argument('options.dtype').kind !== 'absent' || load.argument('options.quantized').kind !== 'absent';
}

function isExempt(load: Call): boolean {
  return (
    isNotWorthQuantising(load) ||
    isQuantisedModel(load) ||
    isLocalModel(load) ||
    load.argument('options.config').kind !== 'absent'
  );
}
