import { defineRule, type Fix, type Hit } from '../../src/core/engine/rule.ts';
import { insertArgument } from '../../src/core/fixes/callEdits.ts';
import { importEdit } from '../../src/core/fixes/importEdit.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import type { WorkloadChange } from '../../src/energy/workload.ts';
import { findModel } from '../../src/knowledge/models/findModel.ts';
import { codeText } from '../shared/codeText.ts';
import { methodName } from '../shared/devices.ts';
import { isQuantisedId, isToyId, namedModel } from '../shared/namedModels.ts';

interface State {
  /** The trainer, or the optimiser of a loop written by hand. */
  readonly call: Call;
  readonly id: string;
  readonly parameters: number;
}

const SMALLEST_MODEL = 1e9;
const TRAINER = /^(transformers\.(Seq2Seq)?Trainer|trl\.(SFT|DPO|Reward|KTO|ORPO|CPO)Trainer)$/;
const TAKES_PEFT = /^trl\./;
/** Adapters, frozen parts, quantised bases, and frameworks for many devices or for pretraining. */
const OTHER_WAY =
  /\bpeft\b|lora|adapter|requires_grad|freeze|frozen|unsloth|deepspeed|fsdp|galore|badam|lisa|megatron|full_?fine_?tun|load_in_[48]bit|quantization_config|pre-?train(ing|er)?\b(?!ed)|from_scratch/i;
const STUDY = /(^|\/)[^/]*(pretrain|distil|ablation|full_?(ft|fine))[^/]*(\/|$)/i;

export default defineRule<State>({
  meta: {
    id: 'full-finetune-large-model',
    title: 'All weights of a model of billions are fine-tuned',
    category: 'training-efficiency',
    languages: ['python'],
    tier: 'recommended',
    fixes: ['suggestion'],
    catalogue: ['full-finetune-large-model'],
    libraries: ['transformers', 'trl', 'torch'],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark || STUDY.test(program.path)) return;
    const code = codeText(program).replaceAll('from_pretrained', '').replaceAll('pretrained_model', '');
    if (OTHER_WAY.test(code)) return;
    for (const call of program.calls) {
      const state = judge(program, call);
      if (state) yield report(state);
    }
  },

  effect({ state }): WorkloadChange {
    return {
      before: {
        kind: 'train',
        unit: 'run',
        engine: 'hf',
        model: { id: state.id, parameters: state.parameters },
        lora: false,
      },
      after: { lora: true },
      alsoSaves: ['memory', 'latency'],
    };
  },

  fixes({ state: { call } }, program): readonly Fix[] {
    if (!TAKES_PEFT.test(call.name ?? '')) return [];
    const config = importEdit(program.module, { module: 'peft', name: 'LoraConfig', at: call.node.start });
    if (config === undefined) return [];
    const value = `${config.local}(r=16, target_modules="all-linear", task_type="CAUSAL_LM")`;
    return [
      {
        title: 'Train low-rank adapters',
        safety: 'suggestion',
        edits: [...config.edits, ...insertArgument(call.node, `peft_config=${value}`, program.module.text)],
        reason:
          'Needs the package peft; quality can fall by some points, and the learning rate has to be about ten times as high.',
      },
    ];
  },
});

function judge(program: Program, call: Call): State | undefined {
  const model = TRAINER.test(call.name ?? '') ? trainerModel(program, call) : optimisedModel(program, call);
  if (model === undefined || isQuantisedId(model) || isToyId(model)) return undefined;
  if (call.node.args.some(({ spread }) => spread !== undefined)) return undefined;
  const facts = findModel(model);
  if (facts === undefined || !facts.isGenerative || facts.hosted !== undefined || facts.parameters < SMALLEST_MODEL)
    return undefined;
  return { call, id: model, parameters: facts.parameters };
}

/** Id of the model that a trainer is given, by name or as a loaded model, and that it trains. */
function trainerModel(program: Program, call: Call): string | undefined {
  const trains = program.methodCalls(call).some((method) => methodName(method) === 'train');
  const argument = call.argument('model');
  if (!trains || argument.kind !== 'known') return undefined;
  const constant = program.constant(argument.value);
  if (constant.kind === 'known') return typeof constant.value === 'string' ? constant.value : undefined;
  const load = program.origin(argument.value);
  return load?.api?.roles.includes('model-load') ? certainId(program, load) : undefined;
}

/** Id of the model whose parameters all go into an optimiser that steps in a loop. */
function optimisedModel(program: Program, call: Call): string | undefined {
  if (!call.api?.roles.includes('optimizer')) return undefined;
  const [first] = call.node.args;
  const parameters = first?.value.kind === 'call' ? program.callOf(first.value) : undefined;
  if (parameters === undefined || methodName(parameters) !== 'parameters' || parameters.receiver === undefined)
    return undefined;
  const steps = program.calls.some((other) => methodName(other) === 'backward' && other.place.loops.length > 0);
  const load = program.origin(parameters.receiver);
  return steps && load?.api?.roles.includes('model-load') ? certainId(program, load) : undefined;
}

function certainId(program: Program, load: Call): string | undefined {
  const model = namedModel(program, load);
  return model?.isCertain ? model.id : undefined;
}

function report(state: State): Hit<State> {
  const { call, id, parameters } = state;
  return {
    span: { start: call.node.start, end: call.node.callee.end },
    severity: 'information',
    message: {
      what: `All ${(parameters / 1e9).toFixed(1)} B weights of \`${id}\` are trained.`,
      why: 'Every weight needs a gradient and optimiser states, several times the memory of the model itself, and is written in every step.',
      advice: 'Train low-rank adapters (LoRA with `peft`) and merge them afterwards.',
      condition:
        'Compare the quality once: adapters match full fine-tuning on most instruction and classification tasks, not on new languages or large corpora.',
    },
    related: [],
    state,
  };
}
