import { defineRule, type Fix, type Hit } from '../../src/core/engine/rule.ts';
import { insertArgument } from '../../src/core/fixes/callEdits.ts';
import type { Expression } from '../../src/core/ir/expression.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import type { ModelFacts } from '../../src/energy/modelFacts.ts';
import type { WorkloadChange } from '../../src/energy/workload.ts';
import { codeText } from '../shared/codeText.ts';
import { hidesAccelerators, loadDevice } from '../shared/devices.ts';
import { isConvertedLater } from '../shared/halfPrecision.ts';
import { modelFacts } from '../shared/modelFacts.ts';
import { scaleOfModel } from '../shared/modelRuns.ts';
import { isQuantisedId, isToyId, namedModel } from '../shared/namedModels.ts';
import { relatedScale } from '../shared/relatedScale.ts';
import type { Scale } from '../shared/scale.ts';
import { isConverted, isTrained } from '../shared/training.ts';

interface State {
  readonly call: Call;
  readonly id: string;
  readonly scale: Scale;
  /** An encoder-decoder that writes text: its quality can suffer. */
  readonly generates: boolean;
  /** What says that it runs on the CPU. */
  readonly evidence: string;
}

const LOADED = /^(transformers\.(PreTrainedModel|Pipeline)|sentence_transformers\.\w+)$/;
/** Below this a pass takes milliseconds. */
const SMALLEST_MODEL = 6e7;
/** Text classifiers and rerankers by the class or the task that loads them, whatever the family is. */
const CLASSIFIES = /Classification|zero-shot|sentiment|^ner$/;
/** Ways to compute in fewer bits, or by another engine. */
const OTHER_WAY =
  /quantize|torchao|optimum|onnxruntime|openvino|bfloat16|ipex|intel_extension|neural_compressor|torch\.compile|deepsparse|ctranslate2|fastembed|autocast/i;
/** Repositories of this organisation hold int8 files for the ONNX backend (Hugging Face Hub, 2025). */
const HAS_INT8_FILES =
  /^(sentence-transformers\/)?(all-mpnet-base-v2|all-MiniLM-L12-v2|all-distilroberta-v1|multi-qa-mpnet-base-dot-v1|paraphrase-multilingual-mpnet-base-v2)$/;

export default defineRule<State>({
  meta: {
    id: 'float32-transformer-on-cpu',
    title: 'Transformer runs on the CPU in float32',
    category: 'missing-quantisation',
    languages: ['python'],
    tier: 'recommended',
    fixes: ['suggestion'],
    catalogue: ['cpu-transformer-not-quantised'],
    libraries: ['transformers', 'sentence_transformers'],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark || OTHER_WAY.test(codeText(program))) return;
    for (const call of program.calls) {
      const state = judge(program, call);
      if (state) yield report(state);
    }
  },

  effect({ state }): WorkloadChange {
    return {
      before: {
        kind: state.generates ? 'generate' : 'encode',
        unit: state.scale.kind === 'items' ? 'item' : 'request',
        engine: 'hf',
        format: 'fp32',
        device: 'cpu',
        model: { id: state.id },
      },
      after: { format: 'int8', quantMethod: 'onnx-int8', engine: 'onnxruntime' },
      alsoSaves: ['latency', 'memory'],
    };
  },

  fixes({ state: { call, id } }, program): readonly Fix[] {
    const isPlain = call.node.args.every(({ name, spread }) => spread === undefined && name !== 'model_kwargs');
    if (call.api?.returns !== 'sentence_transformers.SentenceTransformer' || !isPlain || !HAS_INT8_FILES.test(id))
      return [];
    const argument = 'backend="onnx", model_kwargs={"file_name": "onnx/model_qint8_avx512_vnni.onnx"}';
    return [
      {
        title: 'Use the int8 file of this model with ONNX Runtime',
        safety: 'suggestion',
        edits: insertArgument(call.node, argument, program.module.text),
        reason:
          'Needs `sentence-transformers[onnx]` 3.2 or later and an x86 processor with VNNI (on ARM: model_qint8_arm64.onnx); vectors change a little, so stored ones have to be made again.',
      },
    ];
  },
});

function judge(program: Program, call: Call): State | undefined {
  if (!call.api?.roles.includes('model-load') || !LOADED.test(call.api.returns ?? '')) return undefined;
  const model = namedModel(program, call);
  const facts = model && modelFacts(program, model.id);
  if (model === undefined || facts === undefined || facts.parameters < SMALLEST_MODEL) return undefined;
  const generates = !isEncoder(call, facts);
  if (generates && facts.kind !== 'seq2seq') return undefined;
  if (isQuantisedId(model.id) || isToyId(model.id) || facts.quantisation !== undefined) return undefined;
  const methods = program.methodCalls(call);
  if (isConvertedLater(program, call, methods) || isConverted(program, methods) || isTrained(program, call, methods))
    return undefined;
  const evidence = namesFormat(program, call) ? undefined : cpuEvidence(program, call, methods);
  const scale = scaleOfModel(program, call);
  if (evidence === undefined || scale === undefined || scale.kind === 'once') return undefined;
  return { call, id: model.id, scale, evidence, generates };
}

function isEncoder(call: Call, { kind }: ModelFacts): boolean {
  if (kind === 'encoder' || kind === 'embedding' || kind === 'reranker') return true;
  const task = call.constantArgument('task');
  const name = task.kind === 'known' ? String(task.value) : (call.name ?? '');
  return kind === 'seq2seq' && CLASSIFIES.test(name);
}

function namesFormat(program: Program, call: Call): boolean {
  if (['quantization_config', 'backend', 'model_kwargs'].some((name) => call.argument(name).kind !== 'absent'))
    return true;
  return ['dtype', 'torch_dtype'].some((parameter) => {
    const format = call.argument(parameter);
    return format.kind === 'unknown' || (format.kind === 'known' && !isFloat32(program, format.value));
  });
}

function isFloat32(program: Program, format: Expression): boolean {
  return program
    .values(format)
    .every(
      (value) =>
        (value.kind === 'symbol' && /^torch\.float(32)?$/.test(value.name)) ||
        (value.kind === 'constant' && value.value === 'float32'),
    );
}

/** What proves that there is no accelerator: the project's files, the code, the installed build of PyTorch, or the profile that the user chose. */
function cpuEvidence(program: Program, call: Call, methods: readonly Call[]): string | undefined {
  const { machine } = program.environment;
  if (machine?.kind === 'cpu') return `${machine.from.path}: ${machine.from.text}`;
  if (hidesAccelerators(program)) return 'the file hides every GPU';
  const device = loadDevice(program, call, methods);
  if (device === 'cpu') return 'the code says so';
  if (device !== undefined && device !== 'either') return undefined;
  const torch = program.environment.versions.version('torch');
  if (torch.kind === 'known' && /\+cpu/.test(torch.value.declaredBy)) return torch.value.declaredBy;
  const { hardware } = program.environment;
  return hardware.kind === 'cpu' ? `the profile is ${hardware.name}` : undefined;
}

function report(state: State): Hit<State> {
  return {
    span: state.call.node,
    severity: state.generates ? 'hint' : 'information',
    message: {
      what: `\`${state.id}\` runs on the CPU in float32 (${state.evidence}).`,
      why: 'Processors with VNNI, AMX or dot-product instructions compute int8 about three times as fast, and the weights take a quarter of the memory.',
      advice: adviceFor(state),
      condition: `Holds for processors with int8 instructions (x86 since 2019, ARM since 2018); ${state.generates ? 'generated text can suffer more than labels do: compare it' : 'check the accuracy'} on your own data.`,
    },
    related: relatedScale(state.scale),
    state,
  };
}

function adviceFor({ call, generates }: State): string {
  if (generates)
    return 'Convert it once to int8 (`ct2-transformers-converter --quantization int8`) and run it with CTranslate2, or load it in bfloat16 on processors with AMX or AVX512-BF16.';
  return call.api?.name.startsWith('sentence_transformers.')
    ? 'Load an int8 model with `backend="onnx"` or `backend="openvino"`.'
    : 'Export it once with optimum (`ORTModel…`, then `ORTQuantizer`) and run the int8 model with ONNX Runtime.';
}
