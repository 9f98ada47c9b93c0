import type { FunctionDefinition } from '../../src/core/ir/definition.ts';
import type { Expression } from '../../src/core/ir/expression.ts';
import type { BatchForm } from '../../src/core/semantics/apiEntry.ts';
import type { Loop } from '../../src/core/semantics/place.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import type { ExternalLoop } from '../../src/core/workspace/linkFacts.ts';
import { argumentFor } from '../shared/argumentFor.ts';
import { enclosing } from '../shared/enclosing.ts';
import { readNames } from '../shared/expressionNames.ts';
import { assignedInLoop, iteratesBatches, singleItem } from '../shared/singleItem.ts';
import { type EmbeddingEngine, engineOf } from './embeddingEngine.ts';

export interface ItemwiseEmbedding {
  /** The embedding call. */
  readonly call: Call;
  /** The call inside the loop: `call`, or a call of a function of this file that leads to it. */
  readonly site: Call;
  /** The loop in this file; absent where it is in another one. */
  readonly loop?: Loop;
  /** The loop in another file whose turns run the function around `site`. */
  readonly elsewhere?: ExternalLoop;
  readonly batch: BatchForm;
  /** Argument that holds the item, and the item itself (`x` of `[x]`). */
  readonly argument: Expression;
  readonly item: Expression;
  readonly engine: EmbeddingEngine;
}

const LONGEST_CHAIN = 2;
/** Loops over fewer written-out items are a demonstration. */
const FEW = 5;

export function itemwiseEmbedding(call: Call, program: Program): ItemwiseEmbedding | undefined {
  const batch = call.api?.batch;
  if (!batch) return undefined;
  const argument = call.argument(batch.parameter);
  if (argument.kind !== 'known') return undefined;
  const item = singleItem(argument.value, batch);
  const engine = item && engineOf(call, program);
  if (!item || !engine) return undefined;
  const found = siteOf(call, item, 0, program) ?? siteElsewhere(call, argument.value, item, program);
  return found && { call, ...found, batch, argument: argument.value, item, engine };
}

/** The loop whose item reaches the call, here or in the callers of a wrapper such as `getEmbedding(text)`. */
function siteOf(call: Call, item: Expression, hops: number, program: Program): { site: Call; loop: Loop } | undefined {
  const [loop] = call.place.loops;
  if (loop) {
    const isOne = isOneItem(item, loop, call.api?.batch ?? { parameter: '', accepts: 'list' }, program);
    return isOne && isItemLoop(loop, call, item, program) ? { site: call, loop } : undefined;
  }
  const { function: owner, perItem, isMemoised } = call.place;
  if (!owner || isMemoised) return undefined;
  const names = new Set(readNames(item));
  if (perItem && takesItem(owner, names) && isRowLoop(perItem, program)) return { site: call, loop: perItem };
  if (hops >= LONGEST_CHAIN) return undefined;
  for (const parameter of owner.parameters) {
    if (parameter.target.kind !== 'name' || !names.has(parameter.target.name) || parameter.rest) continue;
    if (/\[\]|list|array|sequence|iterable/i.test(parameter.annotation ?? '')) continue;
    for (const caller of program.callsTo(owner)) {
      const argument = argumentFor(caller, owner, parameter.target.name);
      const one = argument && singleItem(argument.value, { parameter: '', accepts: 'list' });
      const found = one && siteOf(caller, one, hops + 1, program);
      if (found) return found;
    }
  }
  return undefined;
}

/**
 * A function that embeds one text and that a loop in another file calls, here or through a function of this file. What it is called
 * with is not seen, so the function itself has to show that it takes one text.
 */
function siteElsewhere(
  call: Call,
  argument: Expression,
  item: Expression,
  program: Program,
): { site: Call; elsewhere: ExternalLoop } | undefined {
  const batch = call.api?.batch;
  if (!batch || call.place.loops.length > 0 || !takesOneText(call, argument, item, batch, program)) return undefined;
  let site = call;
  let names = new Set(readNames(item));
  for (let hops = 0; hops <= LONGEST_CHAIN; hops++) {
    const { function: owner, isMemoised, loops, externalLoops } = site.place;
    const parameter = owner?.parameters.find(({ target }) => target.kind === 'name' && names.has(target.name));
    if (!owner || isMemoised || loops.length > 0 || parameter?.target.kind !== 'name' || parameter.rest)
      return undefined;
    const given = program.callerValues(owner, parameter.target.name);
    const elsewhere = externalLoops.find(runsPerItem);
    // Only constants are handed over: one and the same text, or a few.
    if (elsewhere && given.some(({ kind }) => kind === 'unknown')) return { site: call, elsewhere };
    const [caller, ...others] = program.callsTo(owner);
    const handed = caller && argumentFor(caller, owner, parameter.target.name);
    if (!handed || others.length > 0) return undefined;
    site = caller;
    names = new Set(readNames(handed.value));
  }
  return undefined;
}

function runsPerItem({ purpose, tripCount }: ExternalLoop): boolean {
  return purpose === 'items' && (tripCount === undefined || tripCount > FEW);
}

/** By the type of the parameter, by the form of the call, or since only the first vector of the answer is read. */
function takesOneText(call: Call, argument: Expression, item: Expression, batch: BatchForm, program: Program): boolean {
  if (batch.accepts === 'one' || argument.kind === 'sequence') return true;
  const owner = call.place.function;
  const parameter = owner?.parameters.find(
    ({ target }) => item.kind === 'name' && target.kind === 'name' && target.name === item.name,
  );
  if (/^(string|str)$/.test(parameter?.annotation?.trim() ?? '')) return true;
  return owner !== undefined && /\b(data|embeddings)(\?\.)?\[0\]/.test(program.text(owner.bodySpan));
}

/** `df["text"].apply(embed)`: the item is the function's first parameter. */
function takesItem({ parameters: [first] }: FunctionDefinition, names: ReadonlySet<string>): boolean {
  return first?.target.kind === 'name' && names.has(first.target.name);
}

function isRowLoop(loop: Loop, program: Program): boolean {
  return loop.purpose === 'items' && (loop.tripCount ?? FEW + 1) > FEW && !iteratesBatches(loop, program);
}

/** Reads through a variable that the loop sets to the item or to a batch. */
function isOneItem(item: Expression, loop: Loop, batch: BatchForm, program: Program): boolean {
  const value = assignedInLoop(item, loop, program);
  return value === undefined || singleItem(value, batch) !== undefined || !isSlice(value);
}

/** `texts[i : i + n]`, `texts.slice(i, i + n)`, a list written out. */
function isSlice(value: Expression): boolean {
  if (value.kind === 'sequence' || value.kind === 'comprehension') return true;
  if (value.kind === 'subscript')
    return value.indices.some((index) => index.kind === 'operation' && index.operator === 'slice');
  return (
    value.kind === 'call' &&
    value.callee.kind === 'attribute' &&
    /^(slice|splice|map|filter|tolist|to_list)$/.test(value.callee.name)
  );
}

function isItemLoop(loop: Loop, call: Call, item: Expression, program: Program): boolean {
  if (loop.form === 'while' || (loop.purpose !== 'items' && loop.purpose !== 'unknown')) return false;
  if (loop.tripCount !== undefined && loop.tripCount <= FEW) return false;
  if (!program.dependsOn(item, loop) || iteratesBatches(loop, program) || isAsyncStream(loop, program)) return false;
  if (loop.iterable === undefined && !countsByOne(loop, item, program)) return false;
  return !treatsResultAsList(loop, program) && !needsEarlierResult(call, item, program);
}

/** `for await (const text of stream)`: the items are not there yet. */
function isAsyncStream(loop: Loop, program: Program): boolean {
  return (
    /^(for\s+await|async\s+for)\b/.test(program.text(loop.head)) || /^\s*async\s+for\b/.test(program.text(loop.head))
  );
}

/** `for (let i = 0; i < texts.length; i++)` with `texts[i]`; a larger step means batches. */
function countsByOne(loop: Loop, item: Expression, program: Program): boolean {
  const statement = enclosing(program.module, item).statements.find(
    ({ start, end }) => start === loop.start && end === loop.end,
  );
  if (statement?.kind !== 'for' || statement.form !== 'count') return false;
  const { update } = statement;
  const isOne =
    update?.kind === 'assignment' &&
    (update.operator === '++' || (update.operator === '+=' && program.text(update.value) === '1'));
  return isOne && /\.length\b/.test(statement.test ? program.text(statement.test) : '');
}

/** The response is read as a list of vectors: then the argument was a list. */
function treatsResultAsList(loop: Loop, program: Program): boolean {
  const text = program.text(loop);
  return /\.data\.(map|forEach|flatMap)\(|\bin \w+(\.data|\["data"\]|\['data'\]|\.embeddings)\b|of \w+\.(data|embeddings)\b|enumerate\(\w+\.data\)/.test(
    text,
  );
}

/** The item reads a variable that the call's own result goes into. */
function needsEarlierResult(call: Call, item: Expression, program: Program): boolean {
  const statement = program.statement(call.node);
  if (statement?.kind !== 'assign') return false;
  const names = new Set(readNames(item));
  return statement.targets.some((target) => target.kind === 'name' && names.has(target.name));
}
