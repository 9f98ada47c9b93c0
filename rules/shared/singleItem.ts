import type { Expression } from '../../src/core/ir/expression.ts';
import { walk } from '../../src/core/ir/walk.ts';
import type { BatchForm } from '../../src/core/semantics/apiEntry.ts';
import type { Loop } from '../../src/core/semantics/place.ts';
import type { Program } from '../../src/core/semantics/program.ts';
import { contains } from '../../src/core/text/span.ts';
import { enclosing } from './enclosing.ts';
import { readNames } from './expressionNames.ts';
import { hasWord, identifierWords } from './identifierWords.ts';

/** Names of lists of texts. `chunk` and `part` alone are pieces of a text. */
const LISTS = new Set(
  'texts documents docs sentences items chunks batch batches minibatch inputs passages rows lines group groups list array queries prompts contents values slice window parts words questions strings corpus'.split(
    ' ',
  ),
);
/** String methods: what they return is one text again. */
const TEXT_METHODS = new Set(
  'replace replaceAll replace_all trim strip toLowerCase lower toUpperCase upper substring substr join format toString str encode normalize get slice decode'.split(
    ' ',
  ),
);
/** Functions that cut a list into lists. */
const BATCHERS =
  /^(chunk|chunks|chunked|batch|batched|batches|batchify|grouper|chunk_?(list|array|items|iter\w*)|chunkArray|chunkify|array_split|split_?(list|array)|splitInto(Batches|Groups)|sliceArray|(make|create|get|to|into)_?(batches|chunks?Of\w*)|partition|paginate|iter_?batches|windowed|range)$/i;

/**
 * The one item that an embedding call is given: the element of `[x]`, or the argument where it cannot be a list. `undefined`
 * when it may be a list, so that a loop over batches stays silent.
 */
export function singleItem(argument: Expression, batch: BatchForm): Expression | undefined {
  if (argument.kind === 'sequence') {
    const [element] = argument.elements;
    return argument.elements.length === 1 && element && element.kind !== 'spread' ? element : undefined;
  }
  if (batch.accepts === 'items') return undefined;
  return batch.accepts === 'one' || looksLikeOne(argument) ? argument : undefined;
}

function looksLikeOne(value: Expression): boolean {
  switch (value.kind) {
    case 'template':
    case 'mapping':
      return true;
    case 'name':
    case 'attribute':
      return !isListName(value.name);
    case 'subscript': {
      const [index] = value.indices;
      if (value.indices.length !== 1 || !index || (index.kind === 'operation' && index.operator === 'slice'))
        return false;
      return index.kind !== 'literal' || typeof index.value !== 'string' || !isListName(index.value);
    }
    case 'operation':
      return (
        value.operator === '+' && value.operands.every((operand) => operand.kind === 'literal' || looksLikeOne(operand))
      );
    case 'logical':
    case 'conditional':
      return false;
    case 'call':
      return isTextCall(value.callee);
    default:
      return false;
  }
}

function isTextCall(callee: Expression): boolean {
  if (callee.kind === 'name') return callee.name === 'str' || callee.name === 'String';
  if (callee.kind !== 'attribute' || !TEXT_METHODS.has(callee.name)) return false;
  // `texts.slice(i, i + 100)` is a batch, `text.slice(0, 8000)` a text.
  return looksLikeOne(callee.object) || callee.object.kind === 'literal';
}

function isListName(name: string): boolean {
  const last = identifierWords(name).at(-1) ?? '';
  return LISTS.has(last) || hasWord(name, new Set(['batch', 'group']));
}

/** True when the loop hands out lists: `for batch in batched(texts, 100)`, `for (const part of chunk(texts, 96))`. */
export function iteratesBatches(loop: Loop, program: Program): boolean {
  const { iterable, target } = loop;
  if (target && readNames(target).some((name) => hasWord(name, BATCH_WORDS))) return true;
  return iterable !== undefined && isBatched(iterable, program, 0);
}

const BATCH_WORDS = new Set(['batch', 'group', 'minibatch']);
const MOST_WRAPPERS = 4;

/** Looks through `tqdm(…)`, `enumerate(…)` and variables to what cuts the list. */
function isBatched(iterable: Expression, program: Program, depth: number): boolean {
  if (depth > MOST_WRAPPERS) return false;
  if (iterable.kind === 'await') return isBatched(iterable.value, program, depth + 1);
  const call = iterable.kind === 'call' ? iterable : program.origin(iterable)?.node;
  if (!call) return iterable.kind === 'name' && hasWord(iterable.name, BATCH_WORDS);
  const { callee } = call;
  const name = callee.kind === 'name' || callee.kind === 'attribute' ? callee.name : '';
  // `range(0, n, size)` and `batched(texts, 100)` step over lists; `chunk(text)` makes texts of one text.
  if (BATCHERS.test(name) && call.args.length > (name === 'range' ? 2 : 1)) return true;
  const [first] = call.args;
  return first?.value.kind === 'call' && isBatched(first.value, program, depth + 1);
}

/** What a local variable of the loop holds: `text = texts[i : i + size]`. */
export function assignedInLoop(item: Expression, loop: Loop, program: Program): Expression | undefined {
  if (item.kind !== 'name') return undefined;
  const { statements, bodies } = enclosing(program.module, item);
  const inside = bodies[statements.findIndex((statement) => contains(loop, statement))] ?? [];
  for (const { node } of walk(inside.filter((statement) => contains(loop, statement)))) {
    if (node.kind !== 'assign') continue;
    if (node.targets.some((target) => target.kind === 'name' && target.name === item.name)) return node.value;
  }
  return undefined;
}
