import { defineRule, type Edit, type Fix, type Hit } from '../../src/core/engine/rule.ts';
import { insertArgument, insertProperty } from '../../src/core/fixes/callEdits.ts';
import { importEdit } from '../../src/core/fixes/importEdit.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import type { WorkloadChange } from '../../src/energy/workload.ts';
import { codeText } from '../shared/codeText.ts';
import { hidesAccelerators, loadDevice } from '../shared/devices.ts';
import {
  computesInOtherFormat,
  type HalfFormat,
  halfFormat,
  isConvertedLater,
  torchFormatName,
} from '../shared/halfPrecision.ts';
import { modelFacts } from '../shared/modelFacts.ts';
import { namedModel } from '../shared/namedModels.ts';
import { relatedScale } from '../shared/relatedScale.ts';
import { type Scale, severityFor } from '../shared/scale.ts';
import { isConverted, isTrained } from '../shared/training.ts';
import { transformersVersion } from '../shared/transformersVersion.ts';
import { isAtLeast } from '../shared/versions.ts';
import { bulkScale } from './bulk.ts';

interface State {
  readonly call: Call;
  readonly id: string;
  readonly format: HalfFormat;
  readonly scale: Scale;
}

const LOADS = /^sentence_transformers\.(SentenceTransformer|CrossEncoder|SparseEncoder)$/;
/** Below this, and for word vectors without a network, there is little to gain. */
const SMALLEST_MODEL = 2.5e7;
const STATIC = /static-|model2vec|potion-|glove|fasttext|word2vec/i;
/** The file knows a GPU: it names one, or asks for one. */
const NAMES_GPU = /["']cuda|\.cuda\(|cuda\.is_available|device\s*=\s*0\b/;

export default defineRule<State>({
  meta: {
    id: 'sentence-transformers-float32',
    title: 'Sentence Transformers model in float32 on a GPU',
    category: 'full-precision',
    languages: ['python'],
    tier: 'recommended',
    fixes: ['suggestion'],
    catalogue: ['st-fp32'],
    libraries: ['sentence_transformers'],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark || hidesAccelerators(program) || computesInOtherFormat(program)) return;
    if (program.environment.hardware.kind !== 'gpu' || !NAMES_GPU.test(codeText(program))) return;
    for (const call of program.calls) {
      const state = judge(program, call);
      if (state) yield report(program, state);
    }
  },

  effect({ state }): WorkloadChange {
    return {
      before: {
        kind: 'encode',
        unit: state.scale.kind === 'request' ? 'request' : 'item',
        engine: 'sentence-transformers',
        format: 'fp32',
        device: 'gpu',
        model: { id: state.id },
        // A request brings one text; a collection goes through in batches of `batch_size`, 32 by default.
        ...(state.scale.kind === 'request' ? {} : { batch: 32 }),
      },
      after: { format: state.format },
      alsoSaves: ['memory', 'latency'],
    };
  },

  fixes({ state }, program): readonly Fix[] {
    const edits = editsFor(program, state);
    if (edits === undefined) return [];
    return [
      {
        title: `Load in ${torchFormatName(state.format)}`,
        safety: 'suggestion',
        edits,
        reason:
          'Similarities change by about 0.001: compare a few, and do not mix them with stored float32 vectors unchecked.',
      },
    ];
  },
});

function judge(program: Program, call: Call): State | undefined {
  if (!LOADS.test(call.api?.name ?? '') || namesFormat(call)) return undefined;
  const model = namedModel(program, call);
  const facts = model && modelFacts(program, model.id);
  if (model === undefined || facts === undefined || STATIC.test(model.id) || facts.parameters < SMALLEST_MODEL)
    return undefined;
  // transformers 5 takes the checkpoint's own format.
  const isFive = isAtLeast(transformersVersion(program), '5') !== 'no';
  if (facts.quantisation !== undefined || (isFive && facts.storedFormat !== 'fp32')) return undefined;
  const methods = program.methodCalls(call);
  const device = loadDevice(program, call, methods);
  if (device === 'cpu' || device === 'unknown') return undefined;
  if (isConvertedLater(program, call, methods) || isConverted(program, methods) || isTrained(program, call, methods))
    return undefined;
  const format = embeddingFormat(program, model.id);
  const scale = bulkScale(program, call);
  return format && scale && { call, id: model.id, format, scale };
}

function namesFormat(call: Call): boolean {
  return [
    'model_kwargs.dtype',
    'model_kwargs.torch_dtype',
    'model_kwargs.quantization_config',
    'backend',
    'modules',
  ].some((parameter) => {
    const argument = call.argument(parameter);
    if (argument.kind === 'absent') return false;
    const constant = call.constantArgument(parameter);
    return !(constant.kind === 'known' && (constant.value === null || constant.value === 'torch'));
  });
}

/** float16 keeps three more bits of an embedding than bfloat16; the latter only where the model overflows in float16. */
function embeddingFormat(program: Program, id: string): HalfFormat | undefined {
  const { hardware } = program.environment;
  const half = halfFormat({ ...hardware, fastFormats: hardware.fastFormats.filter((format) => format !== 'bf16') }, id);
  return half ?? halfFormat(hardware, id);
}

function report(program: Program, state: State): Hit<State> {
  const severity = severityFor(state.scale);
  return {
    span: state.call.node,
    severity,
    message: {
      what: `\`${state.id}\` computes embeddings or scores in float32 on a GPU.`,
      why: 'Sentence Transformers loads float32, and half precision has about 1.5 times the throughput with similarities that differ by about 0.001.',
      advice: `Load it in ${torchFormatName(state.format)} for ${program.environment.hardware.name}.`,
      ...(severity === 'warning' ? {} : { condition: 'The saving depends on how many texts it computes.' }),
    },
    related: relatedScale(state.scale),
    state,
  };
}

function editsFor(program: Program, { call, format }: State): readonly Edit[] | undefined {
  const { module, environment } = program;
  // `model_kwargs` came with Sentence Transformers 3.
  if (isAtLeast(environment.versions.version('sentence-transformers'), '3') === 'no') return undefined;
  const torch = importEdit(module, { module: 'torch', at: call.node.start });
  if (torch === undefined || call.node.args.some(({ spread }) => spread !== undefined)) return undefined;
  const key = isAtLeast(environment.versions.version('transformers'), '4.56') === 'yes' ? 'dtype' : 'torch_dtype';
  const entry = `"${key}": ${torchFormatName(format).replace('torch', torch.local)}`;
  const written = call.node.args.find(({ name }) => name === 'model_kwargs');
  if (written === undefined)
    return [...torch.edits, ...insertArgument(call.node, `model_kwargs={${entry}}`, module.text)];
  const isDisplay = written.value.kind === 'mapping' && module.text[written.value.start] === '{';
  return isDisplay && written.value.kind === 'mapping'
    ? [...torch.edits, ...insertProperty(written.value, entry, module.text, module.language)]
    : undefined;
}
