import { defineRule, type Fix, type Hit } from '../../src/core/engine/rule.ts';
import { insertArgument } from '../../src/core/fixes/callEdits.ts';
import type { FunctionDefinition } from '../../src/core/ir/definition.ts';
import type { Expression } from '../../src/core/ir/expression.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { tokenizationIn } from './elementwise.ts';

interface State {
  readonly call: Call;
}

/** Splits of fewer rows are done in a second. */
const SMALL = /\[:\s*(\d{1,3}|[1-9]%)\s*\]|select\(\s*range\(\s*(\d{1,3})\s*\)|\.take\(\s*\d{1,3}\s*\)/;

export default defineRule<State>({
  meta: {
    id: 'hf-map-unbatched',
    title: 'Data set tokenized one row at a time',
    category: 'batching',
    languages: ['python'],
    tier: 'recommended',
    fixes: ['suggestion'],
    catalogue: ['hf-map-unbatched'],
    libraries: ['datasets'],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark || /TOKENIZERS_PARALLELISM["'\]\s]*=\s*["']?false/i.test(program.module.text)) return;
    for (const call of program.calls) {
      if (isUnbatchedMap(program, call)) yield report({ call });
    }
  },

  fixes({ state: { call } }, program): readonly Fix[] {
    const edits = insertArgument(call.node, 'batched=True', program.module.text);
    const reason =
      'The columns must hold one text a row: a column of lists would be taken for pairs or raise. Cached results are computed once more.';
    return [{ title: 'Tokenize a thousand rows at once', safety: 'suggestion', edits, reason }];
  },
});

function isUnbatchedMap(program: Program, call: Call): boolean {
  if (call.api?.name !== 'datasets.Dataset.map' || call.argument('batched').kind !== 'absent') return false;
  // These hand more to the function, or make it something else.
  const others = ['with_indices', 'with_rank', 'input_columns', 'batch_size', 'fn_kwargs'];
  if (others.some((name) => call.argument(name).kind !== 'absent')) return false;
  if (call.node.args.some(({ spread }) => spread !== undefined) || isSmall(program, call)) return false;
  const mapped = call.argument('function');
  if (mapped.kind !== 'known') return false;
  const definition = functionOf(program, mapped.value);
  if (definition === undefined || tokenizationIn(program, definition) === undefined) return false;
  return !isComparison(program, definition);
}

function functionOf(program: Program, expression: Expression): FunctionDefinition | undefined {
  const values = program.values(expression);
  const [value] = values;
  return values.length === 1 && value?.kind === 'function' ? value.definition : undefined;
}

/** The same function is mapped in batches elsewhere in the file, or rows are timed: the two forms are compared. */
function isComparison(program: Program, definition: FunctionDefinition): boolean {
  return program.calls.some((other) => {
    if (other.api?.name !== 'datasets.Dataset.map' || other.argument('batched').kind === 'absent') return false;
    const mapped = other.argument('function');
    return mapped.kind === 'known' && functionOf(program, mapped.value) === definition;
  });
}

/** A cut of some hundred rows, here or where the data set was made; a stream. */
function isSmall(program: Program, call: Call): boolean {
  if (call.receiver === undefined) return true;
  if (SMALL.test(program.text(call.receiver))) return true;
  const origin = program.origin(call.receiver);
  if (origin === undefined) return false;
  const text = program.text(origin.node);
  const cuts = program.methodCalls(origin).filter(({ node }) => node.end <= call.node.start);
  if (cuts.some(({ node }) => SMALL.test(program.text(node)))) return true;
  // A stream is mapped as far as somebody reads it.
  return SMALL.test(text) || /streaming\s*=\s*True/.test(text) || /from_dict$/.test(origin.name ?? '');
}

function report(state: State): Hit<State> {
  const { call } = state;
  return {
    span: {
      start: call.node.callee.kind === 'attribute' ? call.node.callee.nameSpan.start : call.node.start,
      end: call.node.end,
    },
    severity: 'information',
    message: {
      what: 'The tokenizer is called once for each row of the data set.',
      why: 'Fast tokenizers work through a list of texts on all cores; row by row they use one, and each row pays for a call.',
      advice: 'Pass `batched=True`; where a row holds one text a column, the function works on lists as it is.',
      condition: 'The saving depends on the number of rows; the result is cached on disk.',
    },
    related: [],
    state,
  };
}
