import { defineRule, type Fix, type Hit } from '../../src/core/engine/rule.ts';
import { removeArgument } from '../../src/core/fixes/callEdits.ts';
import type { Argument } from '../../src/core/ir/expression.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { findModel } from '../../src/knowledge/models/findModel.ts';
import { namedModel } from '../shared/namedModels.ts';
import { relatedScale } from '../shared/relatedScale.ts';
import { type Scale, scaleOf } from '../shared/scale.ts';

interface State {
  readonly call: Call;
  readonly argument: Argument;
  readonly beams: number;
  readonly id: string;
  readonly scale: Scale;
}

const MANY_BEAMS = 4;
/** Tasks whose published results are made with beams. */
const NEEDS_BEAMS = /translat|whisper|transcri|caption|opus-mt|nllb|m2m|mbart|marian|bleu|\bwer\b|rouge|constrain/i;

export default defineRule<State>({
  meta: {
    id: 'hf-wide-beam-search',
    title: 'Wide beam search with a language model',
    category: 'redundant-compute',
    languages: ['python'],
    tier: 'strict',
    fixes: ['suggestion'],
    catalogue: ['hf-generate-many-beams'],
    libraries: ['transformers'],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark || NEEDS_BEAMS.test(program.module.text)) return;
    for (const call of program.calls) {
      const state = judge(program, call);
      if (state) yield report(state);
    }
  },

  fixes({ state: { call, argument } }, program): readonly Fix[] {
    const edit = removeArgument(call.node, argument, program.module.text);
    if (edit === undefined) return [];
    return [
      {
        title: 'Generate without beams',
        safety: 'suggestion',
        edits: [edit],
        reason: 'Texts change: compare some of them.',
      },
    ];
  },
});

function judge(program: Program, call: Call): State | undefined {
  if (call.api?.name !== 'transformers.PreTrainedModel.generate' || call.receiver === undefined) return undefined;
  const argument = call.node.args.find(({ name }) => name === 'num_beams');
  const beams = argument && program.constant(argument.value);
  if (argument === undefined || beams?.kind !== 'known' || typeof beams.value !== 'number') return undefined;
  // All of them are used, or options that only beams have.
  const others =
    /^(num_return_sequences|num_beam_groups|diversity_penalty|length_penalty|early_stopping|force_words_ids|constraints)$/;
  if (beams.value < MANY_BEAMS || call.node.args.some(({ name }) => others.test(name ?? ''))) return undefined;
  const load = program.origin(call.receiver);
  const id = load && namedModel(program, load)?.id;
  const scale = scaleOf(program, call);
  if (id === undefined || findModel(id)?.kind !== 'llm' || scale.kind === 'once') return undefined;
  return { call, argument, beams: beams.value, id, scale };
}

function report(state: State): Hit<State> {
  return {
    span: { start: state.argument.start, end: state.argument.end },
    severity: 'hint',
    message: {
      what: `\`${state.id}\` keeps ${state.beams} beams for each text.`,
      why: 'Every beam is computed in every step and all but one are thrown away; instruction-tuned models answer about as well without.',
      advice: 'Leave `num_beams` out, or use two.',
      condition: 'Compare some texts first.',
    },
    related: relatedScale(state.scale),
    state,
  };
}
