import { defineRule } from '../../src/core/engine/rule.ts';
import type { Expression } from '../../src/core/ir/expression.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { calleeText } from '../shared/calleeText.ts';
import { contentPath } from '../shared/fileContent.ts';
import { namedFile } from '../shared/filePath.ts';
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

const LARGE_BYTES = 50e6;
/** Networks of more than some 25 million weights by their usual names. */
const HEAVY =
  /yolo(v?\d+|x|[-_]?nas)[-_]?[mlx](?![a-z\d])|(^|[/_-])sam[-_.]|segment-?anything|unet|whisper|detr|stable-?diffusion|vit-(l|large)|clip-vit|birefnet|llama|phi-?\d|gemma|qwen/i;
/** Builds of these families that are made for small machines; `phi-3-mini` is none of them. */
const SMALL =
  /tiny|small|nano|mobile|(?<!phi[-_.\d]*)mini|lite|micro|slim|squeeze|efficient|edge-?sam|fast-?sam|whisper[-_.]?base|r(es)?(net)?-?18/i;
const QUANTISED = /int8|uint8|quant|q4|q8|_8bit|bnb4/i;

/** The model's path where its size, or else its name, tells that it is large. */
function heavyModel(call: Call, program: Program): string | undefined {
  if (call.api?.name !== 'onnxruntime-common.InferenceSession.create') return undefined;
  const [first] = call.node.args;
  const written = first && (contentPath(first.value, program) ?? first.value);
  const constant = written && program.constant(written);
  const file = written && namedFile(written, program);
  const path = file?.path ?? (constant?.kind === 'known' ? String(constant.value) : undefined);
  if (path === undefined || QUANTISED.test(path)) return undefined;
  const isHeavy = file ? file.bytes > LARGE_BYTES : HEAVY.test(path) && !SMALL.test(path);
  return isHeavy ? path : undefined;
}

/** No providers, or `'wasm'` and `'cpu'`, also as `{ name: 'wasm' }`. */
function isWasmOnly(call: Call, program: Program): boolean {
  const argument = call.argument('options.executionProviders');
  if (argument.kind !== 'known') return argument.kind === 'absent';
  const source = writtenSource(argument.value, program);
  return source.kind === 'sequence' && source.elements.every((element) => isWasm(element, program));
}

function isWasm(provider: Expression, program: Program): boolean {
  const source = writtenSource(provider, program);
  const name = source.kind === 'mapping' ? source.entries.find(({ key }) => key === 'name')?.value : source;
  const value = name && program.constant(name);
  return value?.kind === 'known' && /^(wasm|cpu)$/.test(String(value.value));
}
