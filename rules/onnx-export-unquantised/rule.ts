import { defineRule, type Hit } from '../../src/core/engine/rule.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import type { WorkloadChange } from '../../src/energy/workload.ts';
import { codeText } from '../shared/codeText.ts';
import { namedModel } from '../shared/namedModels.ts';

interface State {
  readonly exported: Call;
  readonly session: Call;
  readonly id: string | undefined;
}

const EXPORT = /^torch\.onnx\.(?:export|dynamo_export)$/;
const SESSION = 'onnxruntime.InferenceSession';
/** Small formats, other devices, or a check of the export's numbers rather than its use. */
const DECIDED =
  /quantiz|quantis|\bint8\b|float16|\.half\(|convert_float_to|CUDAExecutionProvider|TensorrtExecutionProvider|CoreMLExecutionProvider|DmlExecutionProvider|OpenVINO|ROCMExecution|allclose|assert_almost|assert_close|polygraphy/i;
/** Encoders and classifiers of texts: their work is matrix products, which dynamic int8 speeds up; convolutions gain nothing by it. */
const TEXT_MODEL =
  /^transformers\.\w*(?:ModelFor(?:SequenceClassification|TokenClassification|QuestionAnswering|MaskedLM)|AutoModel|BertModel|RobertaModel|DistilBertModel|XLMRobertaModel|MPNetModel|DebertaV2Model|ElectraModel)\.from_pretrained$/;

export default defineRule<State>({
  meta: {
    id: 'onnx-export-unquantised',
    title: 'Exported text model runs in float32 on the processor',
    category: 'missing-quantisation',
    languages: ['python'],
    tier: 'strict',
    fixes: [],
    catalogue: ['onnx-export-fp32-only'],
    libraries: ['onnxruntime'],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark || DECIDED.test(codeText(program))) return;
    const model = program.calls.find(({ name }) => TEXT_MODEL.test(name ?? ''));
    if (model === undefined) return;
    for (const session of program.calls) {
      const exported = session.name === SESSION ? exportOf(program, session) : undefined;
      if (exported && runsOften(program, session))
        yield report({ exported, session, id: namedModel(program, model)?.id });
    }
  },

  effect({ state: { id } }): WorkloadChange {
    const model = id === undefined ? {} : { model: { id } };
    return {
      before: { kind: 'encode', unit: 'item', engine: 'onnxruntime', device: 'cpu', format: 'fp32', ...model },
      after: { format: 'int8', quantMethod: 'onnx-int8' },
      alsoSaves: ['memory', 'latency'],
    };
  },
});

/** The export whose file this session opens: the same constant, or the same text. */
function exportOf(program: Program, session: Call): Call | undefined {
  const opened = session.node.args[0]?.value;
  if (opened === undefined) return undefined;
  const path = program.constant(opened);
  return program.calls.find((call) => {
    if (!EXPORT.test(call.name ?? '')) return false;
    const file = call.node.args.find(({ name }) => name === 'f')?.value ?? call.node.args[2]?.value;
    if (file === undefined) return false;
    const written = program.constant(file);
    if (path.kind === 'known' && written.kind === 'known') return path.value === written.value;
    return program.text(file) === program.text(opened);
  });
}

/** The session serves requests or goes through items: one run is a check that the export works. */
function runsOften(program: Program, session: Call): boolean {
  return program.methodCalls(session).some(({ node, place }) => {
    if (node.callee.kind !== 'attribute' || node.callee.name !== 'run') return false;
    const turns = place.loops.some(({ tripCount }) => tripCount === undefined || tripCount > 2);
    return turns || place.entryPoint !== undefined || place.perItem !== undefined;
  });
}

function report(state: State): Hit<State> {
  const { session, exported, id } = state;
  return {
    span: { start: session.node.start, end: session.node.end },
    severity: 'hint',
    message: {
      what: `${id === undefined ? 'The exported model' : `\`${id}\``} runs in float32 on the processor.`,
      why: 'The work of a text encoder is matrix products, which processors with VNNI, AMX or dot-product instructions compute in int8 two to three times as fast.',
      advice:
        'Write an int8 file once: `quantize_dynamic("model.onnx", "model.int8.onnx", weight_type=QuantType.QInt8)` of onnxruntime.quantization, and open that.',
      condition: 'Compare the accuracy on a held-out set first.',
    },
    related: [{ span: exported.node, message: 'exported here' }],
    state,
  };
}
