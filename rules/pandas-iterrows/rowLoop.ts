import type { Expression, SubscriptExpression } from '../../src/core/ir/expression.ts';
import type { ForStatement } from '../../src/core/ir/statement.ts';
import { walk, walkFrom } from '../../src/core/ir/walk.ts';
import type { Program } from '../../src/core/semantics/program.ts';

/** `for index, row in frame.iterrows():` whose body reads single columns of the row. */
export interface RowLoop {
  readonly statement: ForStatement;
  readonly frame: Expression;
  readonly index: string;
  readonly row: string;
  /** `frame.iterrows()` is the loop's iterable itself, not inside `tqdm(…)`. */
  readonly isPlain: boolean;
  /** `row["column"]`, each with its column. */
  readonly reads: readonly { readonly node: SubscriptExpression; readonly column: string }[];
  readonly readsIndex: boolean;
}

/** Row loops of a file, those aside that hand the whole row on. */
export function* rowLoops(program: Program): Iterable<RowLoop> {
  for (const { kind, node } of walk(program.module.body)) {
    if (kind !== 'statement' || node.kind !== 'for') continue;
    const loop = rowLoop(node);
    if (loop) yield loop;
  }
}

function rowLoop(statement: ForStatement): RowLoop | undefined {
  const { target, iterable } = statement;
  if (iterable === undefined) return undefined;
  const source = iterrowsCall(iterable);
  if (source === undefined || target?.kind !== 'sequence' || target.elements.length !== 2) return undefined;
  const [index, row] = target.elements;
  if (index?.kind !== 'name' || row?.kind !== 'name') return undefined;
  const reads: { node: SubscriptExpression; column: string }[] = [];
  const held = new Set<Expression>();
  let readsIndex = false;
  for (const { node } of walkFrom(statement.body.map((inner) => ({ kind: 'statement', node: inner })))) {
    if (node.kind === 'subscript' && node.object.kind === 'name' && node.object.name === row.name) {
      const [column] = node.indices;
      if (column?.kind !== 'literal' || typeof column.value !== 'string' || node.indices.length > 1) return undefined;
      reads.push({ node, column: column.value });
      held.add(node.object);
    } else if (node.kind === 'attribute' && node.object.kind === 'name' && node.object.name === row.name) {
      return undefined;
    } else if (node.kind === 'name' && node.name === row.name && !held.has(node)) return undefined;
    else if (node.kind === 'name' && node.name === index.name) readsIndex = true;
  }
  if (reads.length === 0) return undefined;
  return {
    statement,
    frame: source,
    index: index.name,
    row: row.name,
    isPlain: isDirect(iterable, source),
    reads,
    readsIndex,
  };
}

/** The frame of `frame.iterrows()`, also inside `tqdm(…)`. */
function iterrowsCall(iterable: Expression): Expression | undefined {
  if (iterable.kind !== 'call') return undefined;
  const { callee } = iterable;
  if (callee.kind === 'attribute' && callee.name === 'iterrows' && iterable.args.length === 0) return callee.object;
  const name = callee.kind === 'name' || callee.kind === 'attribute' ? callee.name : '';
  const first = iterable.args[0]?.value;
  return /tqdm/.test(name) && first ? iterrowsCall(first) : undefined;
}

function isDirect(iterable: Expression, frame: Expression): boolean {
  return iterable.kind === 'call' && iterable.callee.kind === 'attribute' && iterable.callee.object === frame;
}
