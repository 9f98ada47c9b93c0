import { defineRule, type Fix, type Hit } from '../../src/core/engine/rule.ts';
import { removeArgument } from '../../src/core/fixes/callEdits.ts';
import type { Argument } from '../../src/core/ir/expression.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import type { WorkloadChange } from '../../src/energy/workload.ts';
import { findModel } from '../../src/knowledge/models/findModel.ts';
import { hasCommentNear } from '../shared/commentNear.ts';
import { namedModel } from '../shared/namedModels.ts';
import { fileTrains } from '../shared/training.ts';

interface State {
  readonly call: Call;
  readonly argument: Argument;
  readonly id: string;
  readonly trains: boolean;
}

/** Families whose recipes ask for eager attention (soft-capped scores), and code that looks at the attention. */
const NEEDS_EAGER = /gemma-?[23]|ernie|nemotron|gpt-?oss|phi-?3-vision|florence|t5gemma|recurrent/i;
const LOOKS =
  /output_attentions|attention_?maps?|attentions?\b\s*\[|bertviz|\.attentions|torch\.jit\.trace|onnx\.export|head_mask/;

export default defineRule<State>({
  meta: {
    id: 'hf-eager-attention',
    title: 'Unfused attention asked for',
    category: 'redundant-compute',
    languages: ['python'],
    tier: 'strict',
    fixes: ['suggestion'],
    catalogue: ['hf-eager-attention'],
    libraries: ['transformers'],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark || LOOKS.test(program.module.text)) return;
    for (const call of program.calls) {
      const state = judge(program, call);
      if (state) yield report(state);
    }
  },

  effect({ state }): WorkloadChange | undefined {
    const facts = findModel(state.id);
    if (facts === undefined) return undefined;
    return {
      before: {
        kind: state.trains ? 'train' : facts.isGenerative ? 'generate' : 'encode',
        unit: state.trains ? 'run' : 'request',
        engine: 'hf',
        model: { id: state.id },
        fusedAttention: false,
      },
      after: { fusedAttention: true },
      alsoSaves: ['memory', 'latency'],
    };
  },

  fixes({ state: { call, argument } }, program): readonly Fix[] {
    const edit = removeArgument(call.node, argument, program.module.text);
    if (edit === undefined) return [];
    return [
      {
        title: 'Leave the attention at its default',
        safety: 'suggestion',
        edits: [edit],
        reason: 'Sums are rounded in another order, and attention weights can no longer be returned.',
      },
    ];
  },
});

function judge(program: Program, call: Call): State | undefined {
  if (!call.api?.roles.includes('model-load') || !call.api.name.startsWith('transformers.')) return undefined;
  const argument = call.node.args.find(({ name }) => name === 'attn_implementation');
  const value = argument && program.constant(argument.value);
  const id = namedModel(program, call)?.id;
  if (argument === undefined || value?.kind !== 'known' || value.value !== 'eager' || id === undefined)
    return undefined;
  // Who gives a reason has one.
  if (NEEDS_EAGER.test(id) || hasCommentNear(program, argument, 1, /attn|attention|eager|sdpa|flash/i))
    return undefined;
  if (call.node.args.some(({ name }) => name === 'trust_remote_code')) return undefined;
  return { call, argument, id, trains: fileTrains(program) };
}

function report(state: State): Hit<State> {
  return {
    span: { start: state.argument.start, end: state.argument.end },
    severity: 'information',
    message: {
      what: `\`${state.id}\` is loaded with the unfused attention.`,
      why: 'It writes the whole table of scores to memory and reads it again; the default, PyTorch’s fused attention, does not.',
      advice: 'Leave `attn_implementation` at its default (sdpa), or use FlashAttention 2 on Ampere and later.',
      condition: 'The saving grows with the length of the sequences.',
    },
    related: [],
    state,
  };
}
