import { defineRule, type Fix, type Hit } from '../../src/core/engine/rule.ts';
import { removeArgument } from '../../src/core/fixes/callEdits.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import type { Span } from '../../src/core/text/span.ts';
import type { WorkloadChange } from '../../src/energy/workload.ts';
import { hasCommentNear } from '../shared/commentNear.ts';
import { methodName } from '../shared/devices.ts';
import { trainedModel } from '../shared/trainedModel.ts';

interface State {
  readonly call: Call;
  readonly place: Span;
  readonly id: string;
  readonly parameters: number;
}

const LARGEST_MODEL = 5e8;
/** Bytes for each trained weight in mixed precision with AdamW, and the share of memory that they may take. */
const BYTES_PER_WEIGHT = 18;
const SPARE_SHARE = 0.25;
/** Inputs so long that activations fill the memory, or a batch that needs the room. */
const NEEDS_ROOM = /max_(seq_)?length["']?\s*[=:]\s*(2048|[3-9]\d{3}|\d{5,})|4096|8192|long|whisper|wav2vec/i;

export default defineRule<State>({
  meta: {
    id: 'gradient-checkpointing-small-model',
    title: 'Gradient checkpointing for a model that fits easily',
    category: 'redundant-compute',
    languages: ['python'],
    tier: 'strict',
    fixes: ['suggestion'],
    catalogue: ['gradient-checkpointing-unneeded'],
    libraries: ['transformers'],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark || NEEDS_ROOM.test(program.module.text)) return;
    const { hardware } = program.environment;
    const model = trainedModel(program);
    if (hardware.kind !== 'gpu' || model?.id === undefined || model.parameters === undefined) return;
    const isEasy = model.parameters * BYTES_PER_WEIGHT <= SPARE_SHARE * hardware.memoryGb * 1e9;
    if (model.parameters > LARGEST_MODEL || !isEasy) return;
    for (const call of program.calls) {
      const place = switchOf(program, call);
      if (place && !hasCommentNear(program, place, 1, /memory|oom|fit/i))
        yield report(program, { call, place, id: model.id, parameters: model.parameters });
    }
  },

  effect({ state }): WorkloadChange {
    return {
      before: { kind: 'train', unit: 'run', engine: 'hf', model: { id: state.id }, gradientCheckpointing: true },
      after: { gradientCheckpointing: false },
      alsoSaves: ['latency'],
    };
  },

  fixes({ state: { call, place } }, program): readonly Fix[] {
    const argument = call.node.args.find(({ start }) => start === place.start);
    const edit = argument && removeArgument(call.node, argument, program.module.text);
    if (edit === undefined) return [];
    return [
      {
        title: 'Keep the activations',
        safety: 'suggestion',
        edits: [edit],
        reason: 'Takes more memory: try one step at the full batch and length first.',
      },
    ];
  },
});

/** `gradient_checkpointing=True` of the training arguments, `model.gradient_checkpointing_enable()`. */
function switchOf(program: Program, call: Call): Span | undefined {
  if (methodName(call) === 'gradient_checkpointing_enable') return call.node;
  if (!/^transformers\.(\w+\.)*(Seq2Seq)?TrainingArguments$/.test(call.name ?? '')) return undefined;
  const argument = call.node.args.find(({ name }) => name === 'gradient_checkpointing');
  const value = argument && program.constant(argument.value);
  return value?.kind === 'known' && value.value === true ? argument : undefined;
}

function report(program: Program, state: State): Hit<State> {
  const { name, memoryGb } = program.environment.hardware;
  return {
    span: { start: state.place.start, end: state.place.end },
    severity: 'information',
    message: {
      what: `Gradient checkpointing is on for \`${state.id}\` (${Math.round(state.parameters / 1e6)} M parameters).`,
      why: 'It throws the activations away and computes the forward pass a second time, about a third more energy.',
      advice: `Switch it off: the model and its optimiser take a small part of the ${memoryGb} GB of ${name}.`,
      condition: 'It pays where it makes a much larger batch possible; check the memory at your batch and length.',
    },
    related: [],
    state,
  };
}
