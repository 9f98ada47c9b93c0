import { defineRule, type Edit, type Fix, type Hit } from '../../src/core/engine/rule.ts';
import { importEdit } from '../../src/core/fixes/importEdit.ts';
import type { Expression } from '../../src/core/ir/expression.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';

/** Lists of layers, models or dimensions are short. */
const SHORT =
  /layer|param|model|dim|shape|kwargs|args|config|option|header|column|groups?$|levels?$|stages?$|blocks?$/i;
/** What shows that the lists hold data. */
const DATA =
  /\.tolist\(\)|\.values|df\[|\bdata\b|token|word|sentence|text|doc|label|pred|row|batch|sample|review|tweet|corpus|\.apply\(/i;

export default defineRule<Call>({
  meta: {
    id: 'quadratic-list-flatten',
    title: 'Lists joined by sum()',
    category: 'redundant-compute',
    languages: ['python'],
    tier: 'strict',
    fixes: ['suggestion'],
    catalogue: ['quadratic-list-flatten'],
    libraries: ['pandas', 'numpy', 'sklearn', 'nltk', 'gensim', 'torch', 'transformers', 'datasets'],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark) return;
    for (const call of program.calls) if (flattens(program, call)) yield report(call);
  },

  fixes({ state: call }, program): readonly Fix[] {
    const edits = chainEdits(program, call);
    if (edits === undefined) return [];
    return [
      {
        title: 'Join the lists in one pass',
        safety: 'suggestion',
        edits,
        reason: 'Equal for lists; NumPy arrays among them would have been added up, not joined.',
      },
    ];
  },
});

/** `sum(lists, [])` over data: a written or short list is no work. */
function flattens(program: Program, call: Call): boolean {
  if (call.name !== 'builtins.sum') return false;
  const [lists, start] = call.node.args;
  if (!lists || !start || lists.spread || (start.name !== undefined && start.name !== 'start')) return false;
  if (start.value.kind !== 'sequence' || start.value.form !== 'list' || start.value.elements.length > 0) return false;
  const text = program.text(lists);
  return !SHORT.test(text) && DATA.test(text) && !isWritten(program, lists.value);
}

function isWritten(program: Program, lists: Expression): boolean {
  return program
    .values(lists)
    .every((value) => value.kind === 'collection' && value.node.kind === 'sequence' && value.node.elements.length > 0);
}

function chainEdits(program: Program, call: Call): readonly Edit[] | undefined {
  const [lists] = call.node.args;
  const itertools = importEdit(program.module, { module: 'itertools', at: call.node.start });
  if (!lists || itertools === undefined) return undefined;
  const value = program.text(lists.value);
  return [
    ...itertools.edits,
    {
      span: { start: call.node.start, end: call.node.end },
      text: `list(${itertools.local}.chain.from_iterable(${value}))`,
    },
  ];
}

function report(call: Call): Hit<Call> {
  return {
    span: { start: call.node.start, end: call.node.end },
    severity: 'information',
    message: {
      what: 'sum() joins the lists one after the other, and copies all that it has at each step.',
      why: 'The work grows with the square of the number of lists.',
      advice: 'Use `list(itertools.chain.from_iterable(lists))`.',
      condition: 'It matters from some thousand lists on.',
    },
    related: [],
    state: call,
  };
}
