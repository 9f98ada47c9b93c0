import type { FunctionDefinition } from '../../src/core/ir/definition.ts';
import type { Expression } from '../../src/core/ir/expression.ts';
import { walk } from '../../src/core/ir/walk.ts';
import type { Loop } from '../../src/core/semantics/place.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { contains } from '../../src/core/text/span.ts';
import { argumentFor } from './argumentFor.ts';
import { readNames } from './expressionNames.ts';

/** Fewer epochs than this restart the workers too seldom to matter. */
const FEWEST_EPOCHS = 3;
const MOST_HOPS = 3;
/** Calls around a loader in a loop's head that only pass its batches on. */
const WRAPPERS = /^(enumerate|tqdm|trange|zip|iter|islice|track|progress_bar|prefetcher)$|tqdm|notebook_tqdm/;

/** The loop over epochs in which a loader is iterated from its start again and again, here or through functions of this file. */
export function epochLoopOf(program: Program, loader: Call): Loop | undefined {
  // A loader that is made in every epoch starts new workers whatever it is told.
  if (epochsAround(program, loader.node, MOST_HOPS)) return undefined;
  for (const { expression, call, kind } of program.uses(loader)) {
    if (kind === 'iterated' || isWrapper(program, call)) {
      const loop = epochsAround(program, expression, MOST_HOPS);
      if (loop) return loop;
    } else if (call !== undefined && isIteratedBy(program, call, expression, MOST_HOPS)) {
      const loop = epochsAround(program, call.node, MOST_HOPS);
      if (loop) return loop;
    }
  }
  return undefined;
}

/** The epoch loop around a place, or around the calls of the function that holds it. */
function epochsAround(program: Program, expression: Expression, hops: number): Loop | undefined {
  const { loops, function: owner } = program.place(expression);
  const loop = loops.find((candidate) => candidate.iterable === undefined || !contains(candidate.iterable, expression));
  const epochs = [loop, ...loops].find((candidate) => candidate?.purpose === 'epochs');
  if (epochs) return (epochs.tripCount ?? FEWEST_EPOCHS) >= FEWEST_EPOCHS ? epochs : undefined;
  if (owner === undefined || hops === 0) return undefined;
  for (const caller of program.callsTo(owner)) {
    const found = epochsAround(program, caller.node, hops - 1);
    if (found) return found;
  }
  return undefined;
}

function isWrapper(program: Program, call: Call | undefined): boolean {
  if (call === undefined) return false;
  const { callee } = call.node;
  const name = callee.kind === 'name' || callee.kind === 'attribute' ? callee.name : '';
  if (!WRAPPERS.test(name)) return false;
  const holder = program.parent(call.node);
  if (holder?.kind === 'for') return true;
  return holder?.kind === 'call' && isWrapper(program, program.callOf(holder));
}

/** True when a function of this file that gets the loader runs a loop over it. */
function isIteratedBy(program: Program, call: Call, argument: Expression, hops: number): boolean {
  return program.values(call.node.callee).some((value) => {
    if (value.kind !== 'function') return false;
    const name = parameterFor(call, value.definition, argument);
    return name !== undefined && iteratesName(program, value.definition, name, hops);
  });
}

function parameterFor(call: Call, definition: FunctionDefinition, argument: Expression): string | undefined {
  for (const { target } of definition.parameters) {
    if (target.kind === 'name' && argumentFor(call, definition, target.name)?.value === argument) return target.name;
  }
  return undefined;
}

function iteratesName(program: Program, definition: FunctionDefinition, name: string, hops: number): boolean {
  for (const { node } of walk(definition.body)) {
    if (node.kind === 'for' && node.iterable && isPassedOn(node.iterable, name)) return true;
    if (node.kind !== 'call' || hops === 0) continue;
    const inner = program.callOf(node);
    const argument = node.args.find(({ value }) => value.kind === 'name' && value.name === name);
    if (inner && argument && isIteratedBy(program, inner, argument.value, hops - 1)) return true;
  }
  return false;
}

/** The loop's head is the loader itself, or hands it on: `enumerate(loader, 1)`, `tqdm(loader)`. */
function isPassedOn(iterable: Expression, name: string): boolean {
  if (iterable.kind === 'name') return iterable.name === name;
  if (iterable.kind !== 'call') return false;
  const { callee } = iterable;
  const called = callee.kind === 'name' || callee.kind === 'attribute' ? callee.name : '';
  return WRAPPERS.test(called) && iterable.args.some(({ value }) => readNames(value).includes(name));
}
