import { defineRule, type Fix, type Hit } from '../../src/core/engine/rule.ts';
import type { Expression } from '../../src/core/ir/expression.ts';
import { walkFrom } from '../../src/core/ir/walk.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import type { WorkloadChange } from '../../src/energy/workload.ts';
import { codeText } from '../shared/codeText.ts';
import { contentPath } from '../shared/fileContent.ts';
import { namedFile } from '../shared/filePath.ts';

interface State {
  readonly path: Expression;
  /** Name of the float32 file. */
  readonly file: string;
  /** File name beside it that holds the model in fewer bits. */
  readonly sibling: string;
  readonly bits: 'int8' | 'half' | 'four';
}

/** Endings of Transformers.js and ONNX Runtime for models in fewer bits, the smaller work first. */
const INTEGER = ['_quantized', '_int8', '_uint8', '_q8', '.quant', '.int8', '-int8', '_quant'];
const HALF = ['_fp16', '_q4f16', '-fp16', '.fp16'];
/** Weights of 4 bits that are widened for each product: processors have kernels for both, WebGPU for the first. */
const FOUR_BITS = ['_q4', '_bnb4'];
const SMALL = /(?:[_.-](?:quantized|quant|int8|uint8|q8|q4|q4f16|bnb4|fp16|f16))+$/i;
const SMALLEST_BYTES = 5e6;
/** Convolutions compute no faster in int8 here: what such a file holds is read from its name. */
const CONVOLUTIONS = /yolo|resnet|mobilenet|efficientnet|ssd|unet|cnn|face|pose|segment|detector|super_?res|esrgan/i;

export default defineRule<State>({
  meta: {
    id: 'onnx-quantised-file-unused',
    title: 'Float32 ONNX file loaded beside a smaller one',
    category: 'missing-quantisation',
    languages: ['typescript'],
    tier: 'recommended',
    fixes: ['suggestion'],
    catalogue: ['ort-fp32-file-with-quantised-sibling'],
    libraries: ['onnxruntime-web', 'onnxruntime-node', 'onnxruntime-react-native'],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark) return;
    for (const call of program.calls) {
      const state = judge(program, call);
      if (state) yield report(state);
    }
  },

  effect({ state: { file, bits } }): WorkloadChange {
    const sees = CONVOLUTIONS.test(file);
    const kind = sees ? 'vision' : 'encode';
    const alsoSaves = ['memory', 'network'] as const;
    if (bits === 'half') {
      const before = { kind, unit: 'item', engine: 'ort-web-webgpu', format: 'fp32' } as const;
      return { before, after: { format: 'fp16' }, alsoSaves };
    }
    const before = { kind, unit: 'item', engine: 'onnxruntime', format: 'fp32' } as const;
    const saves = bits === 'int8' && !sees;
    return { before, after: saves ? { format: 'int8', quantMethod: 'onnx-int8' } : {}, alsoSaves };
  },

  fixes({ state: { path, file, sibling } }, program): readonly Fix[] {
    const name = [...walkFrom([{ kind: 'expression', node: path }])].find(
      ({ node }) => node.kind === 'literal' && typeof node.value === 'string' && node.value.endsWith(file),
    )?.node;
    if (name === undefined) return [];
    const text = program.text(name);
    return [
      {
        title: `Load ${sibling}`,
        safety: 'suggestion',
        edits: [{ span: name, text: `${text.slice(0, -1 - file.length)}${sibling}${text.slice(-1)}` }],
        reason: 'Its outputs differ slightly: compare them on some inputs, and the names of inputs and outputs too.',
      },
    ];
  },
});

function judge(program: Program, call: Call): State | undefined {
  if (call.api?.name !== 'onnxruntime-common.InferenceSession.create') return undefined;
  const model = call.argument('model');
  if (model.kind !== 'known') return undefined;
  const path = contentPath(model.value, program) ?? model.value;
  const file = namedFile(path, program);
  const stem = /([^/]+)\.onnx$/.exec(file?.path ?? '')?.[1];
  if (!file || stem === undefined || file.bytes < SMALLEST_BYTES || SMALL.test(stem)) return undefined;
  const code = codeText(program);
  const beside = (endings: readonly string[]): string | undefined =>
    endings.map((ending) => `${stem}${ending}.onnx`).find((name) => file.siblings.includes(name));
  // WebGPU computes half precision; WebAssembly and processors compute int8 and slow down on half precision.
  const isGpu = /webgpu/i.test(code);
  const narrow = beside(isGpu ? HALF : INTEGER);
  const sibling = narrow ?? beside(isGpu ? FOUR_BITS.slice(0, 1) : FOUR_BITS);
  // Another branch of the program takes it already.
  if (sibling === undefined || code.includes(sibling)) return undefined;
  const bits = narrow === undefined ? 'four' : isGpu ? 'half' : 'int8';
  return { path, file: `${stem}.onnx`, sibling, bits };
}

function report(state: State): Hit<State> {
  const { path, sibling, bits } = state;
  return {
    span: { start: path.start, end: path.end },
    severity: bits === 'four' ? 'hint' : 'information',
    message: {
      what: `The float32 file is loaded although \`${sibling}\` lies beside it.`,
      why: whyOf(state),
      advice: `Load \`${sibling}\` after comparing some outputs.`,
    },
    related: [],
    state,
  };
}

function whyOf({ bits, file }: State): string {
  if (bits === 'half') return 'On WebGPU half precision reads half the bytes, and half of them travel.';
  if (bits === 'four') return 'Weights of 4 bits are an eighth of the bytes to download and to keep in memory.';
  return CONVOLUTIONS.test(file)
    ? 'A quarter of the bytes travels and is read; convolutions in int8 compute about as fast as before.'
    : 'A text encoder in int8 took 53 % less CPU time on Node than in float32, and a quarter of the bytes travel.';
}
