import { defineRule, type Hit } from '../../src/core/engine/rule.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { methodName } from '../shared/devices.ts';

interface State {
  readonly load: Call;
  readonly cut: Call;
  readonly id: string;
  readonly rows: number;
}

/** Data sets of tens of gigabytes and more, by the names that the hub gives them. */
const LARGE =
  /(^|\/)(c4|oscar(-\d+)?|oscar-corpus|the_pile\w*|pile|laion\w*|common_voice\w*|imagenet-1k|fineweb(-edu|-2)?|redpajama\w*|slimpajama\w*|wikipedia|mc4|the-stack\w*|starcoderdata|dolma|openwebtext|bookcorpus|falcon-refinedweb|culturax|cc_news|pile-uncopyrighted)$/i;
/** Cuts of more rows than this use a good part of the download. */
const MOST_ROWS = 50_000;

export default defineRule<State>({
  meta: {
    id: 'hf-dataset-slice-after-full-download',
    title: 'Large data set downloaded for a few of its rows',
    category: 'redundant-data-loading',
    languages: ['python'],
    tier: 'strict',
    fixes: [],
    catalogue: ['hf-dataset-slice-after-full-download'],
    libraries: ['datasets'],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark) return;
    for (const load of program.calls) {
      const state = load.name === 'datasets.load_dataset' ? judge(program, load) : undefined;
      if (state) yield report(state);
    }
  },
});

/** `load_dataset("allenai/c4", …)` of which one `select(range(n))` is all that is used. */
function judge(program: Program, load: Call): State | undefined {
  const id = load.constantArgument('path');
  if (id.kind !== 'known' || typeof id.value !== 'string' || !LARGE.test(id.value)) return undefined;
  if (load.node.args.some(({ name, spread }) => spread !== undefined || name === 'streaming' || name === 'data_files'))
    return undefined;
  const methods = program.methodCalls(load).filter((call) => methodName(call) !== 'shuffle');
  const [cut] = methods;
  if (methods.length !== 1 || !cut || methodName(cut) !== 'select' || program.uses(load).length > 0) return undefined;
  const rows = rowsOf(program, cut);
  return rows === undefined || rows > MOST_ROWS ? undefined : { load, cut, id: id.value, rows };
}

function rowsOf(program: Program, cut: Call): number | undefined {
  const [first] = cut.node.args;
  if (first?.value.kind !== 'call' || program.callOf(first.value)?.name !== 'builtins.range') return undefined;
  const last = first.value.args.at(-1);
  const constant = last && first.value.args.length < 3 ? program.constant(last.value) : undefined;
  return constant?.kind === 'known' && typeof constant.value === 'number' ? constant.value : undefined;
}

function report(state: State): Hit<State> {
  const { load, cut, id, rows } = state;
  return {
    span: { start: load.node.start, end: load.node.end },
    severity: 'information',
    message: {
      what: `All of \`${id}\` is downloaded and prepared, and ${rows.toLocaleString('en')} rows of it are used.`,
      why: 'The data set has tens of gigabytes or more, which are sent, stored and converted to Arrow first.',
      advice: `Read a stream: \`load_dataset(…, streaming=True).take(${rows})\`.`,
      condition: 'It costs network and disk once for each machine; the prepared data set is cached there.',
    },
    related: [{ span: cut.node, message: 'what is used of it' }],
    state,
  };
}
