import type { Edit } from '../../src/core/engine/rule.ts';
import type { Expression } from '../../src/core/ir/expression.ts';
import type { Statement } from '../../src/core/ir/statement.ts';
import { walk } from '../../src/core/ir/walk.ts';
import type { Loop } from '../../src/core/semantics/place.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import {
  indentationAt,
  isFirstOnLine,
  lineBreakOf,
  lineEnd,
  lineStart,
  nextLineStart,
} from '../../src/core/text/layout.ts';
import { contains } from '../../src/core/text/span.ts';

export interface Hoisted {
  readonly edits: readonly Edit[];
  /** The value is handed to code that could change it. */
  readonly isUsedElsewhere: boolean;
}

/**
 * Moves `name = read(…)` from the body of a `for` above it. `undefined` where that could change what runs: a condition around
 * it, another assignment of the name, a change of the value in place, or a layout that lines cannot express.
 */
export function hoistEdits(program: Program, call: Call, loop: Loop): Hoisted | undefined {
  const { text } = program.module;
  const statement = program.statement(call.node);
  const body = bodyOf(program, loop);
  if (statement?.kind !== 'assign' || statement.value !== call.node || body === undefined || !body.includes(statement))
    return undefined;
  const [target] = statement.targets;
  if (target?.kind !== 'name' || statement.targets.length > 1 || body.length < 2) return undefined;
  const usage = usageIn(program, target.name, body, statement);
  if (usage === 'changed') return undefined;
  const end = lineEnd(text, statement.end);
  if (
    !isFirstOnLine(text, statement.start) ||
    text.slice(statement.end, end).trim() !== '' ||
    !isFirstOnLine(text, loop.start)
  )
    return undefined;
  if (text.slice(statement.start, statement.end).includes('\n')) return undefined;
  const line = `${indentationAt(text, loop.start)}${text.slice(statement.start, statement.end)}${lineBreakOf(text)}`;
  const loopLine = lineStart(text, loop.start);
  return {
    edits: [
      { span: { start: loopLine, end: loopLine }, text: line },
      { span: { start: lineStart(text, statement.start), end: nextLineStart(text, statement.start) }, text: '' },
    ],
    isUsedElsewhere: usage === 'handed-on',
  };
}

function bodyOf(program: Program, loop: Loop): readonly Statement[] | undefined {
  for (const item of walk(program.module.body)) {
    if (
      item.kind === 'statement' &&
      item.node.kind === 'for' &&
      item.node.start === loop.start &&
      item.node.end === loop.end
    )
      return item.node.body;
  }
  return undefined;
}

function usageIn(
  program: Program,
  name: string,
  body: readonly Statement[],
  own: Statement,
): 'changed' | 'handed-on' | 'read' {
  let usage: 'handed-on' | 'read' = 'read';
  for (const item of walk(body)) {
    if (item.kind === 'statement' && item.node !== own && changes(item.node, name)) return 'changed';
    if (item.kind !== 'expression' || item.node.kind !== 'name' || item.node.name !== name || contains(own, item.node))
      continue;
    const parent = program.parent(item.node);
    if (parent?.kind === 'attribute' && isMutator(parent.name)) return 'changed';
    if (parent?.kind === 'call' && parent.args.some(({ value }) => value === item.node)) usage = 'handed-on';
    if (parent?.kind === 'attribute' && program.text({ start: parent.end, end: parent.end + 1 }) === '(')
      usage = 'handed-on';
  }
  return usage;
}

/** Assigns the name again, or something inside it: `df = …`, `df["x"] = …`, `df.columns = …`, `del df["x"]`. */
function changes(statement: Statement, name: string): boolean {
  const targets =
    statement.kind === 'assign'
      ? statement.targets
      : statement.kind === 'for' && statement.target
        ? [statement.target]
        : [];
  if (statement.kind === 'opaque') return statement.children.some((child) => rootName(child) === name);
  return targets.some((target) => rootName(target) === name);
}

/** Variable whose value a target lies in: `df` for `df.loc[i, "x"]`. */
function rootName(target: Expression): string | undefined {
  if (target.kind === 'attribute' || target.kind === 'subscript') return rootName(target.object);
  return target.kind === 'name' ? target.name : undefined;
}

function isMutator(method: string): boolean {
  return /^(append|extend|insert|pop|remove|clear|update|setdefault|sort|reverse|drop|fillna|dropna|rename|set_index|reset_index|itemset|fill|resize|read|readline|readlines|seek|close|inplace)$/.test(
    method,
  );
}
