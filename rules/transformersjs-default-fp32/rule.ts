import { defineRule } from '../../src/core/engine/rule.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { fp32Device } from '../shared/fp32Device.ts';
import { javascriptRuntime, type Runtime } from '../shared/javascriptRuntime.ts';
import { missingModule } from '../shared/missingModule.ts';
import { ONNX_FORMATS } from '../shared/onnxFormats.ts';
import {
  isConvolutional,
  isDecoder,
  isLocalModel,
  isNotWorthQuantising,
  isPipeline,
  isQuantisedModel,
  isTransformersJsLoad,
  isUnknownArchitecture,
  modelId,
  modelReference,
  taskOf,
  workloadKind,
} from '../shared/transformersJs.ts';
import { type UsageScale, usageScale } from '../shared/usageScale.ts';
import { dtypeFix } from './dtypeFix.ts';

interface MissingDtype {
  readonly load: Call;
  readonly device: Device;
  readonly dtype: string;
  readonly scale: UsageScale;
}

type Device = 'cpu' | 'gpu';

export default defineRule<MissingDtype>({
  meta: {
    id: 'transformersjs-default-fp32',
    title: 'Transformers.js on Node loads fp32 weights',
    category: 'missing-quantisation',
    languages: ['typescript'],
    tier: 'recommended',
    fixes: ['suggestion'],
    catalogue: ['tjs-node-default-fp32'],
    libraries: ['@huggingface/transformers'],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark) return;
    const loads = program.calls.filter(isTransformersJsLoad);
    if (loads.length === 0) return;
    const runtime = javascriptRuntime(program);
    for (const load of loads) {
      const device = defaultFp32Device(load, runtime, program);
      if (!device || isExempt(load, device)) continue;
      const scale = usageScale(load, program);
      if (scale === 'once') continue;
      const missing = missingModule(load, program);
      const dtype = missing ? 'q4' : device === 'gpu' ? 'fp16' : isDecoder(load) ? 'q4' : 'q8';
      const isSure = scale !== 'unknown' && !isUnnamed(load);
      yield {
        span: { start: load.node.start, end: load.node.end },
        severity: isSure ? 'warning' : 'information',
        message: {
          what: missing
            ? `\`dtype\` does not name \`${missing.module}\`, so Transformers.js loads fp32 weights for it ${placeOf(device, runtime)}.`
            : `No \`dtype\` is given, so Transformers.js loads fp32 weights ${placeOf(device, runtime)}.`,
          why:
            device === 'gpu'
              ? 'fp16 weights are half the size and GPUs compute them faster.'
              : runtime === 'node'
                ? 'Only the browser default (wasm) is 8-bit; on Node every weight takes four bytes and the slower fp32 kernels.'
                : 'Version 4 names fp32 for the default model of this task on every device, so the 8-bit default of wasm does not hold.',
          advice: missing
            ? `Add \`${missing.module}: '${dtype}'\`, and check the results on your data.`
            : `Pass \`dtype: '${dtype}'\` and check the results on your data.`,
          ...(isSure ? {} : { condition: conditionFor(load, scale) }),
        },
        related: [],
        state: { load, device, dtype, scale },
      };
    }
  },

  effect({ state: { load, device, dtype, scale } }, program) {
    // What share of the weights one module has is not in the text.
    if (missingModule(load, program)) return undefined;
    return {
      before: {
        kind: workloadKind(load),
        unit: scale === 'request' ? 'request' : 'item',
        engine: 'onnxruntime',
        format: 'fp32',
        device,
        ...modelReference(load),
      },
      after: { ...ONNX_FORMATS[dtype] },
      alsoSaves: ['memory', 'network'],
    };
  },

  fixes: ({ state: { load, dtype } }, program) => dtypeFix(load, dtype, program),
});

/** 4.x names fp32 for the default model of these tasks, on every device (src/pipelines/index.js). */
const FP32_DEFAULT_MODELS = new Set(['feature-extraction', 'image-feature-extraction', 'fill-mask']);

function defaultFp32Device(load: Call, runtime: Runtime, program: Program): Device | undefined {
  const options = load.argument('options');
  if (options.kind === 'unknown' || load.argument('options.quantized').kind !== 'absent') return undefined;
  const dtype = load.constantArgument('options.dtype');
  if (
    load.argument('options.dtype').kind !== 'absent' &&
    !(dtype.kind === 'known' && (dtype.value === 'auto' || dtype.value === null)) &&
    !missingModule(load, program)
  ) {
    return undefined;
  }
  const device = load.constantArgument('options.device');
  if (device.kind === 'unknown' || load.argument('options.config').kind !== 'absent') return undefined;
  const name = device.kind === 'known' ? device.value : null;
  if (isDefaultModel(load)) return defaultModelDevice(load, runtime, name, program);
  if (runtime !== 'node' || /^web/.test(String(name))) return undefined;
  return name === 'auto' ? 'cpu' : fp32Device(load, runtime);
}

function isDefaultModel(load: Call): boolean {
  const model = load.argument('model');
  const id = load.constantArgument('model');
  return isPipeline(load) && (model.kind === 'absent' || (id.kind === 'known' && id.value === null));
}

/** Without a model id the task's default model decides: 4.x gives some of them a dtype of their own. */
function defaultModelDevice(load: Call, runtime: Runtime, device: unknown, program: Program): Device | undefined {
  const task = taskOf(load);
  if (task === undefined || task === 'text-generation') return undefined;
  const version = program.environment.versions.version('@huggingface/transformers');
  const lowest =
    version.kind === 'known' ? Number.parseInt(version.value.exact ?? version.value.min ?? '', 10) : Number.NaN;
  const isFp32Everywhere = lowest >= 4 && FP32_DEFAULT_MODELS.has(task);
  if (runtime !== 'node' && !isFp32Everywhere) return undefined;
  return device === null || device === 'cpu' || device === 'wasm' || device === 'auto' ? 'cpu' : undefined;
}

function isExempt(load: Call, device: Device): boolean {
  if (isNotWorthQuantising(load) || isQuantisedModel(load) || isLocalModel(load)) return true;
  return device === 'cpu' && !isDefaultModel(load) && (isConvolutional(load) || isUnknownArchitecture(load));
}

function placeOf(device: Device, runtime: Runtime): string {
  if (device === 'gpu') return 'for this device';
  return runtime === 'node' ? 'on Node' : 'for the default model';
}

/** The model comes from elsewhere; the library's default models are known. */
function isUnnamed(load: Call): boolean {
  return modelId(load) === undefined && !isDefaultModel(load);
}

function conditionFor(load: Call, scale: UsageScale): string {
  const parts = [
    ...(scale === 'unknown' ? ['how much the model is used'] : []),
    ...(isUnnamed(load) ? ['the model: its configuration may set a dtype of its own'] : []),
  ];
  return `The saving depends on ${parts.join(', and on ')}.`;
}
