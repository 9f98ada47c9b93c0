import type { Call, Program } from '../../src/core/semantics/program.ts';
import { addressOf, clientOf } from '../shared/clientOf.ts';
import { taskOf } from '../shared/transformersJs.ts';

/** Where the vectors are computed: a provider, or a local model on a device that batching helps or not. */
export type EmbeddingEngine =
  | { readonly kind: 'hosted' }
  | {
      readonly kind: 'local';
      readonly library: 'sentence-transformers' | 'onnxruntime';
      readonly device: 'cpu' | 'gpu' | 'profile';
      readonly load?: Call;
      /** It writes a text for each item. */
      readonly isGenerating?: boolean;
    };

/** Tasks whose pipeline runs a list as one batch (@huggingface/transformers 4.3.1 src/pipelines); the others loop inside or refuse lists. */
const BATCHING_TASKS = new Set([
  'feature-extraction',
  'text-classification',
  'token-classification',
  'fill-mask',
  'image-classification',
  'image-feature-extraction',
  'depth-estimation',
  'zero-shot-image-classification',
]);

/** Tasks that generate for a whole list at once (text2text-generation.js); only on a GPU, since nobody measured it elsewhere. */
const GENERATING_TASKS = new Set(['text2text-generation', 'summarization', 'translation']);

/** `undefined` where a list would not help or is refused. */
export function engineOf(call: Call, program: Program): EmbeddingEngine | undefined {
  const name = call.api?.name ?? '';
  if (name.endsWith('.Pipeline.__call__')) return pipelineEngine(call, program);
  // Cross encoders predict, and batch as encoders do.
  if (name.startsWith('sentence_transformers.'))
    return { kind: 'local', library: 'sentence-transformers', device: 'profile' };
  if (!call.api?.roles.includes('embed')) return undefined;
  if (call.api.roles.includes('hosted-call')) return isOneByDesign(call, program) ? undefined : { kind: 'hosted' };
  // ONNX Runtime on the CPU unless the package fastembed-gpu is installed in its place.
  if (name.startsWith('fastembed.')) return { kind: 'local', library: 'onnxruntime', device: 'cpu' };
  // LangChain and LlamaIndex hide which engine embeds.
  return { kind: 'hosted' };
}

function pipelineEngine(call: Call, program: Program): EmbeddingEngine | undefined {
  const load = program.origin(call.node.callee);
  const task = load && taskOf(load);
  if (!load || task === undefined) return undefined;
  const isGenerating = GENERATING_TASKS.has(task.replace(/_\w+_to_\w+$/, ''));
  if (!BATCHING_TASKS.has(task) && !(isGenerating && !isStreamed(call))) return undefined;
  const device = load.constantArgument('options.device');
  if (device.kind === 'unknown') return undefined;
  const isGpu = device.kind === 'known' && /^(webgpu|webnn|gpu|cuda|dml|coreml)/.test(String(device.value));
  if (isGenerating && !isGpu) return undefined;
  return { kind: 'local', library: 'onnxruntime', device: isGpu ? 'gpu' : 'cpu', load, isGenerating };
}

/** A reader follows the one text that is being written. */
function isStreamed({ node }: Call): boolean {
  const options = node.args[1]?.value;
  if (options === undefined) return false;
  return options.kind !== 'mapping' || options.entries.some(({ key, isSpread }) => isSpread || STREAMS.test(key ?? ''));
}

const STREAMS = /^(streamer|callback_function)$/;

/** Endpoints and models that take one content a call, and a local server that is documented to choke on lists. */
function isOneByDesign(call: Call, program: Program): boolean {
  const model = call.api?.modelParameter === undefined ? undefined : call.constantArgument(call.api.modelParameter);
  const id = model?.kind === 'known' ? String(model.value) : '';
  // The JavaScript SDK takes a list of contents for it; Python's merges them.
  const merges = /gemini-embedding-2/i.test(id) && !call.api?.name.startsWith('@google/genai.');
  if (merges || /multimodal/i.test(id)) return true;
  if (/lm-?studio/i.test(program.path) || (call.receiver && /lm_?studio/i.test(program.text(call.receiver))))
    return true;
  const client = clientOf(call, program);
  if (!client) return false;
  if (client.argument('options.vertexai').kind !== 'absent' || client.argument('vertexai').kind !== 'absent')
    return true;
  return /:1234\b/.test(addressOf(client) ?? '');
}
