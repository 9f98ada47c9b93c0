import { defineRule, type Hit } from '../../src/core/engine/rule.ts';
import type { Expression } from '../../src/core/ir/expression.ts';
import { walk } from '../../src/core/ir/walk.ts';
import type { Loop } from '../../src/core/semantics/place.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { contains } from '../../src/core/text/span.ts';
import type { WorkloadChange } from '../../src/energy/workload.ts';
import { readNames } from '../shared/expressionNames.ts';
import { namedModel } from '../shared/namedModels.ts';

interface State {
  readonly call: Call;
  readonly loop: Loop;
  readonly modelId: string | undefined;
}

/** Fewer new tokens show how it works. */
const FEWEST_TOKENS = 20;
const JOINS = /^(torch|numpy|tensorflow)\.(cat|concat|concatenate|hstack)$/;

export default defineRule<State>({
  meta: {
    id: 'generation-loop-without-cache',
    title: 'Loop written by hand computes the whole text again for each token',
    category: 'redundant-compute',
    languages: ['python'],
    tier: 'recommended',
    fixes: [],
    catalogue: ['generate-without-cache-by-hand'],
    libraries: ['transformers'],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark) return;
    for (const call of program.calls) {
      const state = judge(program, call);
      if (state) yield report(state);
    }
  },

  effect({ state: { modelId, loop } }): WorkloadChange {
    return {
      before: {
        kind: 'generate',
        unit: 'request',
        engine: 'hf',
        kvCache: false,
        ...(modelId === undefined ? {} : { model: { id: modelId } }),
        ...(loop.tripCount === undefined ? {} : { outputTokens: loop.tripCount }),
      },
      after: { kvCache: true },
      alsoSaves: ['latency'],
    };
  },
});

/** A forward pass of a transformers model over a variable to which the same loop appends. */
function judge(program: Program, call: Call): State | undefined {
  if (call.name !== 'transformers.PreTrainedModel.__call__' || call.receiver === undefined) return undefined;
  const load = program.origin(call.receiver);
  if (load?.api?.returns !== 'transformers.PreTrainedModel') return undefined;
  const [loop] = call.place.loops;
  if (loop === undefined || (loop.tripCount ?? FEWEST_TOKENS) < FEWEST_TOKENS) return undefined;
  if (/past_key_values|use_cache|cache/i.test(program.text(loop))) return undefined;
  const fed = call.node.args.flatMap(({ value }) => (value.kind === 'name' ? [value.name] : []));
  return fed.some((name) => grows(program, loop, name))
    ? { call, loop, modelId: namedModel(program, load)?.id }
    : undefined;
}

/** `ids = torch.cat([ids, token], dim=-1)` in the loop. */
function grows(program: Program, loop: Loop, name: string): boolean {
  for (const { kind, node } of walk(program.module.body)) {
    if (kind !== 'statement' || node.kind !== 'assign' || !contains(loop, node) || node.value === undefined) continue;
    const isTarget = node.targets.some((target) => target.kind === 'name' && target.name === name);
    if (isTarget && joins(program, node.value) && readNames(node.value).includes(name)) return true;
  }
  return false;
}

function joins(program: Program, value: Expression): boolean {
  return value.kind === 'call' && JOINS.test(program.callOf(value)?.name ?? '');
}

function report(state: State): Hit<State> {
  const { call, loop } = state;
  return {
    span: { start: call.node.start, end: call.node.end },
    severity: 'information',
    message: {
      what: 'Each turn runs the model over the whole text so far to get one token.',
      why: 'The work grows with the square of the length, although all positions but the last were computed before.',
      advice: 'Use `model.generate(…)`, or pass `past_key_values` and only the new token.',
      condition: 'The saving grows with the length of the text.',
    },
    related: [{ span: loop.head, message: 'the text grows in every turn of this loop' }],
    state,
  };
}
