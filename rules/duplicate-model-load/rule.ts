import { defineRule, type Hit } from '../../src/core/engine/rule.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import type { WorkloadChange } from '../../src/energy/workload.ts';
import { enclosing } from '../shared/enclosing.ts';
import { namedModel } from '../shared/namedModels.ts';

interface State {
  readonly first: Call;
  readonly second: Call;
  readonly id: string;
}

/** A fresh copy is wanted, or the first one is gone. */
const WANTED =
  /\b(train|fit|backward|optim|Trainer|get_peft_model|PeftModel|merge_and_unload|add_adapter|prune|quantiz|ref_model|teacher|student|ema|deepcopy|load_state_dict)\w*/i;
const FREED = /^\s*del\s|empty_cache|gc\.collect/m;

export default defineRule<State>({
  meta: {
    id: 'duplicate-model-load',
    title: 'Same model loaded twice',
    category: 'redundant-data-loading',
    languages: ['python'],
    tier: 'strict',
    fixes: [],
    catalogue: ['duplicate-model-load'],
    libraries: ['transformers', 'sentence_transformers', 'whisper', 'diffusers', 'spacy'],
    since: '0.1.0',
  },

  *detect(program) {
    // The cells of a notebook are often alternatives of each other.
    if (program.isTestOrBenchmark || program.path.endsWith('.ipynb') || WANTED.test(program.module.text)) return;
    const firsts = new Map<string, Call>();
    for (const call of program.calls) {
      const id = call.api?.roles.includes('model-load') === true ? namedModel(program, call) : undefined;
      if (!id?.isCertain || call.place.loops.length > 0 || call.node.args.some(({ spread }) => spread !== undefined))
        continue;
      const key = `${call.name}(${call.node.args.map((argument) => program.text(argument).replace(/\s+/g, '')).sort()})`;
      const first = firsts.get(key);
      if (!first) firsts.set(key, call);
      else if (isSameRun(program, first, call)) yield report({ first, second: call, id: id.id });
    }
  },

  effect({ state: { id } }): WorkloadChange {
    return {
      before: { kind: 'load-model', unit: 'run', loadsPerUnit: 2, model: { id } },
      after: { loadsPerUnit: 1 },
      alsoSaves: ['memory', 'latency'],
    };
  },
});

/** One after the other in the same statements, with the first still in use. */
function isSameRun(program: Program, first: Call, second: Call): boolean {
  const one = enclosing(program.module, first.node).bodies.at(-1);
  if (one !== enclosing(program.module, second.node).bodies.at(-1)) return false;
  if (first.place.function === undefined && second.place.function !== undefined) return false;
  return !FREED.test(program.text({ start: first.node.end, end: second.node.start }));
}

function report(state: State): Hit<State> {
  const { first, second, id } = state;
  return {
    span: { start: second.node.start, end: second.node.end },
    severity: 'information',
    message: {
      what: `\`${id}\` was loaded before, with the same arguments.`,
      why: 'The weights are read and placed once more and held twice.',
      advice: 'Use the first one again; a pipeline takes it as `model=`.',
      condition: 'It depends on the size of the model; a second copy may be wanted where one of them is changed.',
    },
    related: [{ span: first.node, message: 'loaded here first' }],
    state,
  };
}
