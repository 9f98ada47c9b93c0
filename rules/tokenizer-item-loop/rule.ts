import { defineRule, type Hit } from '../../src/core/engine/rule.ts';
import type { Expression } from '../../src/core/ir/expression.ts';
import type { Loop } from '../../src/core/semantics/place.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { contains } from '../../src/core/text/span.ts';
import { isInHandler } from '../shared/conditional.ts';
import { isMapDataset } from '../shared/datasetClasses.ts';
import { readNames } from '../shared/expressionNames.ts';
import { iteratesBatches, singleItem } from '../shared/singleItem.ts';

interface State {
  readonly call: Call;
  readonly loop: Loop;
}

const TOKENIZE = /^transformers\.PreTrainedTokenizerBase\.(__call__|encode|encode_plus)$/;
/** Fewer texts than this are done at once in either form. */
const FEW = 100;
/** A model runs in the same loop, or tokens are counted while texts are packed: another matter. */
const OTHER =
  /generate|forward|\bmodel\w*\(|backward|embed|predict|\bwhile\b|\bbreak\b|\bchunk|max_tokens|context_length|budget|truncate/i;

/** Names of classes, special tokens and the like: a handful. */
const FEW_THINGS = /class|label|categor|vocab|stop|special|verbali|option|choice|names?$|templates?$|keywords?$/i;

export default defineRule<State>({
  meta: {
    id: 'tokenizer-item-loop',
    title: 'Tokenizer called for one text at a time',
    category: 'batching',
    languages: ['python'],
    tier: 'recommended',
    fixes: [],
    catalogue: ['tokenizer-item-loop'],
    libraries: ['transformers'],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark) return;
    for (const call of program.calls) {
      const loop = TOKENIZE.test(call.api?.name ?? '') ? textLoop(program, call) : undefined;
      if (loop) yield report({ call, loop });
    }
  },
});

/** The loop whose element is the one text that the tokenizer gets. */
function textLoop(program: Program, call: Call): Loop | undefined {
  const [loop] = call.place.loops;
  const [text] = call.node.args;
  if (loop === undefined || text === undefined || text.spread !== undefined || isSlow(program, call)) return undefined;
  if (loop.form === 'while' || loop.purpose !== 'items' || (loop.tripCount ?? FEW) < FEW) return undefined;
  if (iteratesBatches(loop, program) || OTHER.test(program.text(loop)) || isPerSample(program, call)) return undefined;
  if (isInHandler(program, call.node)) return undefined;
  if (loop.iterable && (FEW_THINGS.test(program.text(loop.iterable)) || isWritten(program, loop.iterable)))
    return undefined;
  const names = loop.target ? readNames(loop.target) : [];
  const item = singleItem(text.value, { parameter: 'text', accepts: 'list' });
  return item && readNames(item).some((name) => names.includes(name)) ? loop : undefined;
}

/** Tokenizers written in Python work through a list one by one as well. */
function isSlow(program: Program, call: Call): boolean {
  const holder = call.receiver ?? call.node.callee;
  const made = program.origin(holder);
  return made !== undefined && /use_fast\s*=\s*False/.test(program.text(made.node));
}

function isPerSample(program: Program, call: Call): boolean {
  return program.classes.some((owner) => contains(owner.bodySpan, call.node) && isMapDataset(program, owner));
}

/** Items that stand in the code, or the letters of `string.punctuation`. */
function isWritten(program: Program, iterable: Expression): boolean {
  return program.values(iterable).every((value) => {
    if (value.kind === 'symbol') return value.name.startsWith('string.');
    return value.kind === 'collection' && value.node.kind !== 'comprehension';
  });
}

function report(state: State): Hit<State> {
  return {
    span: { start: state.call.node.start, end: state.call.node.end },
    severity: 'hint',
    message: {
      what: 'The tokenizer is called for one text in each turn of this loop.',
      why: 'Fast tokenizers work through a list of texts on all cores; one text at a time keeps one core busy and pays for each call.',
      advice: 'Pass the list of texts: `tokenizer(texts, truncation=True)["input_ids"]`.',
      condition: 'Tokenizing is usually a small part of the whole; it counts for large collections.',
    },
    related: [{ span: state.loop.head, message: 'Loop starts here' }],
    state,
  };
}
