import type { Expression } from '../../src/core/ir/expression.ts';
import type { Statement } from '../../src/core/ir/statement.ts';
import { walk } from '../../src/core/ir/walk.ts';
import type { Loop } from '../../src/core/semantics/place.ts';
import type { Program } from '../../src/core/semantics/program.ts';
import { contains } from '../../src/core/text/span.ts';
import { enclosing } from './enclosing.ts';
import { readNames } from './expressionNames.ts';
import { iteratesBatches } from './singleItem.ts';

/** Fewer written-out items than this are a demonstration. */
const FEW_ITEMS = 10;
/** Methods that put an element into a list and read nothing from it: the list is no state unless the input reads it. */
const MUTATING = /^(append\w*|add\w*|extend|insert|update\w*|set_\w+|push|pop|clear)$/;

/**
 * The innermost loop around a call whose turns do not need each other and whose item reaches `inputs`: turns of a
 * conversation are passed over, the questions around them are found. `purposes` are those that the loop may have: that of a
 * counted loop is not known where its bound is a variable.
 */
export function independentLoop(
  program: Program,
  inputs: readonly Expression[],
  loops: readonly Loop[],
  purposes: readonly Loop['purpose'][] = ['items'],
): Loop | undefined {
  for (const loop of loops) {
    if (loop.purpose === 'interactive' || loop.purpose === 'retry' || loop.purpose === 'epochs') return undefined;
    const names = closure(program, inputs, loop);
    if (!itemNames(program, loop).some((name) => names.has(name))) continue;
    if (isCarried(program, names, loop) || isReadBeforeSet(program, inputs, loop)) continue;
    return purposes.includes(loop.purpose) && isItemLoop(program, loop) ? loop : undefined;
  }
  return undefined;
}

/** Names of the loop's item; in JavaScript also the first parameter of the function given to `map` and the like. */
function itemNames(program: Program, loop: Loop): readonly string[] {
  if (loop.target) return readNames(loop.target);
  if (program.module.language === 'python') return [];
  if (loop.form === 'for') return counters(program, loop);
  if (loop.form !== 'callback') return [];
  const call = program.calls.find(({ node }) => node.start === loop.start && node.end === loop.end)?.node;
  const [callback] = call?.args ?? [];
  if (callback?.value.kind !== 'function' || /\.reduce$/.test(program.text(loop.head))) return [];
  const [item] = callback.value.definition.parameters;
  return item ? readNames(item.target) : [];
}

/** `i` of `for (let i = 0; i < items.length; i++)`. */
function counters(program: Program, loop: Loop): readonly string[] {
  const statement = enclosing(program.module, loop.head).statements.find(
    ({ kind, start, end }) => kind === 'for' && start === loop.start && end === loop.end,
  );
  if (statement?.kind !== 'for' || statement.form !== 'count') return [];
  return (statement.init ?? []).flatMap((part) =>
    part.kind === 'assign' ? part.targets.flatMap((target) => readNames(target)) : [],
  );
}

function isItemLoop(program: Program, loop: Loop): boolean {
  if (loop.form === 'while') return false;
  if (loop.tripCount !== undefined && loop.tripCount < FEW_ITEMS) return false;
  return !iteratesBatches(loop, program);
}

/** Names that the inputs read, directly or through assignments inside the loop. */
function closure(program: Program, inputs: readonly Expression[], loop: Loop): ReadonlySet<string> {
  const names = new Set(inputs.flatMap((input) => readNames(input)));
  const assigned = assignments(program, loop);
  for (let size = -1; size !== names.size; ) {
    size = names.size;
    for (const { name, reads } of assigned) if (names.has(name)) for (const read of reads) names.add(read);
  }
  return names;
}

interface Assignment {
  readonly name: string;
  readonly reads: readonly string[];
  readonly start: number;
  /** Sets the name anew, whatever it held. */
  readonly isFresh: boolean;
}

/** What statements and mutating method calls inside the loop put into names. */
function assignments(program: Program, loop: Loop): readonly Assignment[] {
  const found: Assignment[] = [];
  // Only the innermost statement around the loop: files with many loops would be walked once for each otherwise.
  const [around] = enclosing(program.module, loop).statements.slice(-1);
  for (const { node } of walk(around ? [around] : program.module.body)) {
    if (!contains(loop, node)) continue;
    if (node.kind === 'assign') found.push(...ofAssign(node));
    else if (node.kind === 'for' && node.target && node.iterable && node.start !== loop.start)
      for (const name of readNames(node.target))
        found.push({ name, reads: readNames(node.iterable), start: node.start, isFresh: true });
    else if (node.kind === 'call' && node.callee.kind === 'attribute' && MUTATING.test(node.callee.name)) {
      const [name] = readNames(node.callee.object);
      const reads = node.args.flatMap(({ value }) => readNames(value));
      if (name !== undefined) found.push({ name, reads, start: node.start, isFresh: false });
    }
  }
  return found;
}

function ofAssign(node: Statement & { kind: 'assign' }): readonly Assignment[] {
  const { value, operator, targets, start } = node;
  if (value === undefined) return [];
  const reads = readNames(value);
  return targets.flatMap((target) => {
    const isWhole = target.kind === 'name' || target.kind === 'sequence';
    return readNames(target).map((name) => ({
      name,
      reads,
      start,
      isFresh: isWhole && operator === '=' && !reads.includes(name),
    }));
  });
}

/** True when an input reads a name that the same loop sets only further down: the value of the turn before. */
function isReadBeforeSet(program: Program, inputs: readonly Expression[], loop: Loop): boolean {
  const items = new Set(itemNames(program, loop));
  const assigned = assignments(program, loop);
  return inputs.some((input) =>
    readNames(input).some((name) => {
      const first = items.has(name) ? undefined : assigned.find((assignment) => assignment.name === name);
      return first !== undefined && first.start > input.end;
    }),
  );
}

/** True when a name that the inputs read keeps something from one turn to the next. */
function isCarried(program: Program, names: ReadonlySet<string>, loop: Loop): boolean {
  const assigned = assignments(program, loop);
  const targets = new Set(itemNames(program, loop));
  for (const name of names) {
    if (targets.has(name)) continue;
    const own = assigned.filter((assignment) => assignment.name === name);
    const [first] = own;
    if (first && !own.some(({ isFresh, start }) => isFresh && start === first.start)) return true;
  }
  return false;
}
