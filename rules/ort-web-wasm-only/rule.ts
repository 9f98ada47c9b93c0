import { defineRule } from '../../src/core/engine/rule.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { calleeText } from '../shared/calleeText.ts';
import { javascriptRuntime } from '../shared/javascriptRuntime.ts';
import { writtenSource } from '../shared/writtenSource.ts';

export default defineRule<Call>({
  meta: {
    id: 'ort-web-wasm-only',
    title: 'Heavy model kept off the GPU in ONNX Runtime Web',
    category: 'hardware-match',
    languages: ['typescript'],
    tier: 'strict',
    fixes: [],
    catalogue: ['ort-web-cpu-only'],
    libraries: ['onnxruntime-web'],
    since: '0.1.0',
  },

  *detect(program) {
    const { text } = program.module;
    // Another build of the package, or another provider anywhere in the file, is a decision.
    if (
      program.isTestOrBenchmark ||
      !/['"]onnxruntime-web['"]/.test(text) ||
      /webgpu|webnn|onnxruntime-web\//i.test(text)
    )
      return;
    if (javascriptRuntime(program) !== 'browser') return;
    for (const call of program.calls) {
      const model = heavyModel(call, program);
      if (model === undefined || !isWasmOnly(call, program)) continue;
      yield {
        span: { start: call.node.start, end: call.node.callee.end },
        severity: 'hint',
        message: {
          what: `\`${calleeText(call, program)}\` runs \`${model}\` in WebAssembly only.`,
          why: 'Large networks run 7 to 35 times as fast on WebGPU, which ends the work sooner.',
          advice: "Import `onnxruntime-web/webgpu` and ask for `['webgpu', 'wasm']`, with an fp16 build of the model.",
          condition: 'A GPU draws more power: whether energy is saved depends on the device, so measure it.',
        },
        related: [],
        state: call,
      };
    }
  },
});

/** Networks of more than some 25 million weights by their usual names. */
const HEAVY =
  /yolo\w*[mlx][-_.]|yolov?\d+[mlx]\b|(^|[/_-])sam[-_.]|segment-?anything|unet|whisper|detr|stable-?diffusion|vit-(l|large)|clip-vit|birefnet|llama|phi-?\d|gemma|qwen/i;
const QUANTISED = /int8|uint8|quant|q4|q8|_8bit/i;

function heavyModel(call: Call, program: Program): string | undefined {
  if (call.api?.name !== 'onnxruntime-common.InferenceSession.create') return undefined;
  const [first] = call.node.args;
  const value = first && program.constant(first.value);
  if (value?.kind !== 'known' || typeof value.value !== 'string') return undefined;
  return HEAVY.test(value.value) && !QUANTISED.test(value.value) ? value.value : undefined;
}

/** No providers, or `['wasm']` or `['cpu']`. */
function isWasmOnly(call: Call, program: Program): boolean {
  const argument = call.argument('options.executionProviders');
  if (argument.kind !== 'known') return argument.kind === 'absent';
  const source = writtenSource(argument.value, program);
  return (
    source.kind === 'sequence' &&
    source.elements.every((element) => {
      const name = program.constant(element);
      return name.kind === 'known' && /^(wasm|cpu)$/.test(String(name.value));
    })
  );
}
