import type { Expression, MappingExpression } from '../../src/core/ir/expression.ts';
import { walk } from '../../src/core/ir/walk.ts';
import type { Program } from '../../src/core/semantics/program.ts';
import { enclosing } from './enclosing.ts';
import { writtenSource } from './writtenSource.ts';

/** One property of the records of a table that the source writes out: `m.dtype` in `for (const m of MODELS)`. */
export interface TableRead {
  readonly key: string;
  readonly records: readonly MappingExpression[];
}

/** Methods whose callback gets the elements, and those that pick one. */
const CALLBACKS = /^(map|forEach|flatMap|filter|find|some|every)$/;
const PICKS = /^(find|findLast|at)$/;

/** `undefined` where a record may come from elsewhere, or where only one can be meant. */
export function tableRead(expression: Expression, program: Program): TableRead | undefined {
  if (expression.kind === 'attribute') {
    const records = recordsBehind(expression.object, program);
    return records && { key: expression.name, records };
  }
  return expression.kind === 'name' ? destructured(expression, program) : undefined;
}

/** `m` of `for (const m of MODELS)` and of `MODELS.map((m) => …)`; `MODELS.find(…)`, `MODELS[name]`, and variables that hold one. */
function recordsBehind(holder: Expression, program: Program): readonly MappingExpression[] | undefined {
  const source = writtenSource(holder, program);
  if (source.kind === 'subscript') return rowsOf(source.object, program);
  if (source.kind === 'call' && source.callee.kind === 'attribute' && PICKS.test(source.callee.name))
    return rowsOf(source.callee.object, program);
  if (source.kind !== 'name') return undefined;
  const { name } = source;
  return elementsOf(source, (target) => target.kind === 'name' && target.name === name, program);
}

/** `({ id, dtype }) => …`, `for (const { dtype } of MODELS)`, `const { dtype } = MODELS[name]`. */
function destructured(expression: Expression & { readonly kind: 'name' }, program: Program): TableRead | undefined {
  const keyIn = (target: Expression): string | undefined =>
    target.kind === 'mapping'
      ? target.entries.find(({ value }) => value.kind === 'name' && value.name === expression.name)?.key
      : undefined;
  let key: string | undefined;
  const binds = (target: Expression): boolean => {
    const found = keyIn(target);
    key ??= found;
    return found !== undefined;
  };
  const records = elementsOf(expression, binds, program) ?? assignedRecords(expression, binds, program);
  return records && key !== undefined ? { key, records } : undefined;
}

/** The rows that the innermost loop or callback around a place hands to a target. */
function elementsOf(
  place: Expression,
  binds: (target: Expression) => boolean,
  program: Program,
): readonly MappingExpression[] | undefined {
  const { statements, functions } = enclosing(program.module, place);
  for (const definition of functions.toReversed()) {
    if (!definition.parameters.some(({ target }) => binds(target))) continue;
    const [first] = definition.parameters;
    const call = program.calls.find(({ node }) =>
      node.args.slice(0, 1).some(({ value }) => value.kind === 'function' && value.definition === definition),
    )?.node;
    const isElement = first !== undefined && binds(first.target) && call?.callee.kind === 'attribute';
    return isElement && CALLBACKS.test(call.callee.name) ? rowsOf(call.callee.object, program) : undefined;
  }
  for (const statement of statements.toReversed()) {
    if (statement.kind !== 'for' || statement.form !== 'each' || !statement.target || !statement.iterable) continue;
    if (binds(statement.target)) return rowsOf(statement.iterable, program);
  }
  return undefined;
}

function assignedRecords(
  place: Expression,
  binds: (target: Expression) => boolean,
  program: Program,
): readonly MappingExpression[] | undefined {
  const body = enclosing(program.module, place).functions.at(-1)?.body ?? program.module.body;
  for (const { node } of walk(body)) {
    if (node.kind !== 'assign' || !node.value || !node.targets.some(binds)) continue;
    return recordsBehind(node.value, program);
  }
  return undefined;
}

/** Records of `[{ … }, { … }]` or `{ small: { … }, large: { … } }`, where every one is written out. */
function rowsOf(table: Expression, program: Program): readonly MappingExpression[] | undefined {
  const [value, ...others] = program.values(table);
  if (value?.kind !== 'collection' || others.length > 0) return undefined;
  const { node } = value;
  const rows =
    node.kind === 'sequence'
      ? node.elements
      : node.kind === 'mapping' && !node.entries.some(({ isSpread }) => isSpread)
        ? node.entries.map((entry) => entry.value)
        : [];
  const records = rows.flatMap((row) => (row.kind === 'mapping' && !hasSpread(row) ? [row] : []));
  return records.length > 0 && records.length === rows.length ? records : undefined;
}

function hasSpread({ entries }: MappingExpression): boolean {
  return entries.some(({ isSpread }) => isSpread);
}
