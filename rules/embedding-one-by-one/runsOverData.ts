import type { Expression } from '../../src/core/ir/expression.ts';
import type { Loop } from '../../src/core/semantics/place.ts';
import type { Program } from '../../src/core/semantics/program.ts';
import { hasWord, identifierWords } from '../shared/identifierWords.ts';

/** What holds as many elements as there are data. */
const DATA =
  /^(pandas|polars|datasets|pyspark|dask|csv|tensorflow\.data|torch\.utils\.data)\b|^(builtins\.open|os\.(listdir|scandir|walk)|glob\.i?glob|json\.load|pathlib\.Path)(\(\))?$/;
const ROWS =
  /^(iterrows|itertuples|iter_rows|to_dict|tolist|to_list|unique|readlines|splitlines|r?glob|iterdir|fetchall)$/;
const NOUNS = new Set(
  (
    'text doc document docs chunk passage sentence paragraph article page post comment review tweet message query queries question ' +
    'answer title description record row line sample item example image img picture file path entry entries corpus dataset content ' +
    'segment word term abstract summary summaries email ticket candidate df'
  ).split(' '),
);
const CONTAINERS = /^(list|array|arr|batch|set|tuple)$/;
const HANDS_ON = /^(enumerate|zip|list|sorted|reversed|iter|tuple|set|tqdm|track|progress_bar|trange)$/;
const MANY = 20;

/**
 * Whether a loop runs over data, as far as its source or its name tells. One over the parts of a thing (its parameters, its fields)
 * does not say that there are many of them.
 */
export function runsOverData({ iterable, tripCount, form }: Loop, program: Program): boolean {
  if (tripCount !== undefined) return tripCount >= MANY;
  // A table calls the function for each row.
  if (!iterable) return form === 'callback';
  return sources(iterable).some((source) => isData(source, program));
}

/** The iterable, and what it is taken from: `enumerate(df["text"].tolist())` down to `df`. */
function sources(iterable: Expression): readonly Expression[] {
  const found: Expression[] = [];
  const open: Expression[] = [iterable];
  for (let next = open.pop(); next; next = open.pop()) {
    found.push(next);
    if (next.kind === 'attribute' || next.kind === 'subscript') open.push(next.object);
    if (next.kind !== 'call') continue;
    const { callee, args } = next;
    if (callee.kind === 'attribute') open.push(callee.object);
    if ((callee.kind === 'name' || callee.kind === 'attribute') && HANDS_ON.test(callee.name))
      open.push(...args.map(({ value }) => value));
  }
  return found;
}

function isData(source: Expression, program: Program): boolean {
  if (source.kind === 'call' && source.callee.kind === 'attribute' && ROWS.test(source.callee.name)) return true;
  if ((source.kind === 'name' || source.kind === 'attribute') && namesData(source.name)) return true;
  return program
    .values(source)
    .some((value) => DATA.test(value.kind === 'symbol' ? value.name : value.kind === 'instance' ? value.type : ''));
}

/** By the head of the name: `user_texts` and `doc_list` are texts and documents, `doc_params` are parameters. */
function namesData(name: string): boolean {
  const words = identifierWords(name);
  const head = CONTAINERS.test(words.at(-1) ?? '') ? words.at(-2) : words.at(-1);
  return head !== undefined && hasWord(head, NOUNS);
}
