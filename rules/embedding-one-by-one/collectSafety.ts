import type { NameIndex } from '../../src/core/fixes/nameIndex.ts';
import type { Expression } from '../../src/core/ir/expression.ts';
import { type IrNode, walkFrom } from '../../src/core/ir/walk.ts';
import type { Program } from '../../src/core/semantics/program.ts';
import { contains, type Span } from '../../src/core/text/span.ts';
import { commentsIn } from '../shared/commentNear.ts';
import { enclosing } from '../shared/enclosing.ts';
import { readNames } from '../shared/expressionNames.ts';
import { isOwnList } from '../shared/quietLoop.ts';
import type { CollectingLoop } from './collectingLoop.ts';
import type { ItemwiseEmbedding } from './itemwiseEmbedding.ts';

/**
 * True when one call with a list can take the place of the loop at all: nothing else of the call depends on the turn, the
 * output is a list of the file's own that nothing in the loop reads, no comment is lost, and nobody reads the loop's variables later.
 */
export function canCollect(
  found: ItemwiseEmbedding,
  loop: CollectingLoop,
  names: NameIndex,
  program: Program,
): boolean {
  if (commentsIn(program, loop.span).length > 0) return false;
  const bound = new Set([...readNames(loop.target), ...(loop.between ? readNames(loop.between) : [])]);
  const own = new Set(readNames(loop.target));
  const { output } = loop;
  const rest = [...partsWithout(found.call.node, found.argument)];
  if (rest.some((node) => (node.kind === 'name' && bound.has(node.name)) || hasEffect(node))) return false;
  const item = [...nodesOf(found.item)];
  if (item.some((node) => hasEffect(node) || (node.kind === 'name' && bound.has(node.name) && !own.has(node.name))))
    return false;
  if (!output) return true;
  const readsOutput = [...rest, ...item, ...nodesOf(loop.iterable)].some(
    (node) => node.kind === 'name' && node.name === output.name,
  );
  if (readsOutput || bound.has(output.name)) return false;
  if (!isOwnList(program, output) || isSameList(program, output, loop.iterable)) return false;
  return ![...bound].some((name) => isReadElsewhere(name, loop, names, program));
}

/** Nothing but the number of calls can differ: no code of others runs between the turns, and no handler sees a half-filled list. */
export function isPlainCollect(found: ItemwiseEmbedding, loop: CollectingLoop, program: Program): boolean {
  const rest = [...partsWithout(found.call.node, found.argument)];
  const isGuarded = enclosing(program.module, found.call.node).statements.some(({ kind }) => kind === 'try');
  return (
    program.text(found.item) === program.text(loop.target) &&
    rest.every((node) => node.kind !== 'call' || node === found.call.node) &&
    !(loop.output && isGuarded)
  );
}

function* nodesOf(expression: Expression): Iterable<IrNode['node']> {
  for (const { node } of walkFrom([{ kind: 'expression', node: expression }])) yield node;
}

/** Nodes of an expression outside one of its parts. */
function* partsWithout(expression: Expression, part: Span): Iterable<IrNode['node']> {
  for (const node of nodesOf(expression)) if (!contains(part, node)) yield node;
}

function hasEffect({ kind }: IrNode['node']): boolean {
  return kind === 'await' || kind === 'yield' || kind === 'assignment';
}

function isSameList(program: Program, output: Expression, iterable: Expression): boolean {
  const lists = new Set(program.values(output).map((value) => (value.kind === 'collection' ? value.node : undefined)));
  return program.values(iterable).some((value) => value.kind === 'collection' && lists.has(value.node));
}

/** Read outside the loop, other than where another loop or comprehension gives the name a value of its own. */
function isReadElsewhere(name: string, loop: CollectingLoop, names: NameIndex, program: Program): boolean {
  // A block's own variable ends with the loop.
  if (program.module.language !== 'python' && !isOuterVariable(loop, program)) return false;
  return names.free(name, loop.target).some((other) => !contains(loop.span, other));
}

/** `for (t of texts)` and `v = …` without a declaration set variables of the code around. */
function isOuterVariable(loop: CollectingLoop, program: Program): boolean {
  const statement = enclosing(program.module, loop.target).statements.findLast(({ kind }) => kind === 'for');
  if (statement?.kind !== 'for' || statement.declaration === undefined || statement.declaration === 'var') return true;
  const between = loop.between && program.parent(loop.between);
  return between?.kind === 'assign' && (between.declaration === undefined || between.declaration === 'var');
}
