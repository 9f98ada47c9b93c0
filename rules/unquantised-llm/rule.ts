import { defineRule, type Edit, type Fix, type Hit } from '../../src/core/engine/rule.ts';
import { insertArgument } from '../../src/core/fixes/callEdits.ts';
import { importEdit } from '../../src/core/fixes/importEdit.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import type { EngineClass, WorkloadChange } from '../../src/energy/workload.ts';
import { hidesAccelerators, methodName, movedTo } from '../shared/devices.ts';
import { halfFormat, torchFormatName } from '../shared/halfPrecision.ts';
import { modelFacts } from '../shared/modelFacts.ts';
import { scaleOfModel } from '../shared/modelRuns.ts';
import { isQuantisedId, isToyId, namedModel } from '../shared/namedModels.ts';
import { outputTokens } from '../shared/outputTokens.ts';
import { relatedScale } from '../shared/relatedScale.ts';
import type { Scale } from '../shared/scale.ts';
import { isConverted, isTrained } from '../shared/training.ts';
import { type Method, payingMethod } from './method.ts';

type Library = 'transformers' | 'vllm' | 'llama_cpp';

interface State {
  readonly call: Call;
  readonly library: Library;
  readonly id: string;
  readonly parameters: number;
  readonly method: Method;
  readonly scale: Scale;
}

const QUANTISING_PARAMETERS = [
  'quantization_config',
  'load_in_8bit',
  'load_in_4bit',
  'gguf_file',
  'quantization',
  'config',
  'quantize',
];
const INTERNALS = ['output_router_logits', 'output_attentions', 'output_hidden_states'];
const ENGINE: Readonly<Record<Library, EngineClass>> = { transformers: 'hf', vllm: 'vllm', llama_cpp: 'llama.cpp' };
const STUDY = /(^|\/)[^/]*(eval|metric|benchmark|judge|distil|teacher|rerank|perplexity)[^/]*(\/|$)/i;

export default defineRule<State>({
  meta: {
    id: 'unquantised-llm',
    title: 'Large language model served without quantisation',
    category: 'missing-quantisation',
    languages: ['python'],
    tier: 'recommended',
    fixes: ['suggestion'],
    catalogue: ['llm-unquantised-inference'],
    libraries: ['transformers', 'vllm', 'llama_cpp'],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark || STUDY.test(program.path)) return;
    for (const call of program.calls) {
      const hit = judge(program, call);
      if (hit) yield hit;
    }
  },

  effect({ state }, program): WorkloadChange {
    return {
      before: {
        kind: 'generate',
        unit: state.scale.kind === 'items' ? 'item' : 'request',
        engine: ENGINE[state.library],
        model: { id: state.id },
        format: 'bf16',
        ...outputTokens(program, state.call),
      },
      after: {
        quantMethod: state.method.quantMethod,
        format: state.method.format,
        ...(state.method.quantMethod === 'gguf' ? { engine: 'llama.cpp' } : {}),
      },
      alsoSaves: ['memory'],
    };
  },

  fixes({ state }, program): readonly Fix[] {
    const edits = editsFor(program, state);
    if (edits === undefined) return [];
    return [
      {
        title: 'Load 4-bit NF4 weights',
        safety: 'suggestion',
        edits,
        reason:
          'Needs the package bitsandbytes and a CUDA device; answers change slightly: compare the quality on your own prompts.',
      },
    ];
  },
});

/** Harnesses whose scores are those of the weights as published. */
const EVALUATES = /\b(lm_eval|lighteval|simple_evaluate|opencompass|bigcode_eval|helm\.benchmark)\b/;

function judge(program: Program, call: Call): Hit<State> | undefined {
  const library = libraryOf(call);
  const model = library && namedModel(program, call);
  if (library === undefined || model === undefined || !model.isCertain || isQuantisedId(model.id) || isToyId(model.id))
    return undefined;
  if (isQuantised(call) || isStudied(call) || EVALUATES.test(program.module.text)) return undefined;
  const facts = modelFacts(program, model.id);
  if (facts === undefined || facts.kind !== 'llm' || facts.quantisation !== undefined || facts.hosted !== undefined)
    return undefined;
  const methods = program.methodCalls(call);
  if (isTrained(program, call, methods) || isConverted(program, methods) || quantisesLater(program)) return undefined;
  const isOnCpu = movedTo(program, methods) === 'cpu' || hidesAccelerators(program);
  const method = isOnCpu ? undefined : payingMethod(library, facts.parameters, program.environment.hardware);
  const scale = scaleOfModel(program, call);
  if (method === undefined || scale === undefined || scale.kind === 'once') return undefined;
  return report(program, { call, library, id: model.id, parameters: facts.parameters, method, scale });
}

function libraryOf(call: Call): Library | undefined {
  if (!call.api?.roles.includes('model-load')) return undefined;
  const { name, returns } = call.api;
  if (returns === 'transformers.PreTrainedModel' || name === 'transformers.pipeline')
    return name.startsWith('transformers.') ? 'transformers' : undefined;
  if (name === 'vllm.LLM') return 'vllm';
  return name === 'llama_cpp.Llama' ? 'llama_cpp' : undefined;
}

/** An argument quantises, or may. */
function isQuantised(call: Call): boolean {
  return QUANTISING_PARAMETERS.some((parameter) =>
    [parameter, `model_kwargs.${parameter}`].some((path) => {
      const argument = call.argument(path);
      if (argument.kind === 'absent') return false;
      const constant = call.constantArgument(path);
      return !(constant.kind === 'known' && (constant.value === null || constant.value === false));
    }),
  );
}

/** What happens inside the model is asked for: quantised weights would change what is studied. */
function isStudied(call: Call): boolean {
  return INTERNALS.some((parameter) => call.argument(parameter).kind !== 'absent');
}

function quantisesLater(program: Program): boolean {
  return program.calls.some((call) =>
    /(^|\.)(quantize_?|quantize_dynamic|replace_with_bnb_linear|prepare_model_for_\w+)$/.test(
      call.name ?? methodName(call) ?? '',
    ),
  );
}

function report(program: Program, state: State): Hit<State> {
  const billions = (state.parameters / 1e9).toFixed(state.parameters < 1e10 ? 1 : 0);
  return {
    span: state.call.node,
    severity: 'information',
    message: {
      what: `\`${state.id}\` (${billions} B parameters) answers with weights that are not quantised.`,
      why: 'At small batch sizes each token reads all weights once, so a quarter of the bytes is less time and energy per token.',
      advice: `On ${program.environment.hardware.name} use ${state.method.name}.`,
      condition:
        'It pays at small batches; for large batches of many users at once measure first, and check the quality.',
    },
    related: relatedScale(state.scale),
    requiresStrict: !state.method.isMeasured,
    state,
  };
}

function editsFor(program: Program, state: State): readonly Edit[] | undefined {
  const { call, method } = state;
  const { module } = program;
  // bitsandbytes refuses to move or convert quantised weights afterwards.
  const isMoved = program
    .methodCalls(call)
    .some((other) => /^(to|cuda|half|bfloat16|float)$/.test(methodName(other) ?? ''));
  const isModel = call.api?.name !== 'transformers.pipeline';
  const format = halfFormat(program.environment.hardware, state.id);
  if (method.quantMethod !== 'nf4' || isMoved || !isModel || format === undefined) return undefined;
  const config = importEdit(module, { module: 'transformers', name: 'BitsAndBytesConfig', at: call.node.start });
  const torch = importEdit(module, { module: 'torch', at: call.node.start });
  if (config === undefined || torch === undefined) return undefined;
  const compute = torchFormatName(format).replace('torch', torch.local);
  const value = `${config.local}(load_in_4bit=True, bnb_4bit_quant_type="nf4", bnb_4bit_compute_dtype=${compute})`;
  return [...config.edits, ...torch.edits, ...insertArgument(call.node, `quantization_config=${value}`, module.text)];
}
