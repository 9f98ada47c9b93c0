import type { Edit } from '../engine/rule.ts';
import type { SourceModule } from '../ir/sourceModule.ts';
import type { AssignStatement, ForStatement, Statement, WhileStatement } from '../ir/statement.ts';
import { walkFrom } from '../ir/walk.ts';
import {
  bomLength,
  indentationAt,
  isFirstOnLine,
  lineBreakOf,
  lineEnd,
  lineStart,
  nextLineStart,
} from '../text/layout.ts';
import { contains } from '../text/span.ts';
import type { NameIndex, Occurrence } from './nameIndex.ts';
import { reindent } from './reindent.ts';

export interface HoistedStatement {
  readonly edits: readonly Edit[];
  /** Every other place that names the variable: all of them read it, after the statement. */
  readonly reads: readonly Occurrence[];
  /** Nothing of the loop runs before the statement, so only a loop without turns can tell the difference. */
  readonly isFirst: boolean;
}

/**
 * Moves `name = value` from the body of a loop to the line before it. `undefined` where that could change what the program does
 * whatever the value is (the name is bound, deleted or declared anywhere else, read before, or the value reads what the
 * loop binds), and where lines cannot express it.
 */
export function hoistStatement(
  module: SourceModule,
  statement: AssignStatement,
  loop: ForStatement | WhileStatement,
  names: NameIndex,
): HoistedStatement | undefined {
  const body = loopBody(loop);
  const index = body.indexOf(statement);
  const [target] = statement.targets;
  if (index < 0 || body.length < 2 || target?.kind !== 'name' || statement.targets.length > 1) return undefined;
  if (!statement.value || statement.operator !== '=' || bindsInLoop(statement.value, loop, names)) return undefined;
  const others = names.variable(target.name, target).filter(({ start }) => start !== target.start);
  if (others.some(({ kind, start }) => kind !== 'read' || start < statement.end)) return undefined;
  const edits = moveEdits(module, statement, loop);
  return edits && { edits, reads: others, isFirst: index === 0 };
}

/** Statements of a loop; JavaScript's may stand in one block. */
export function loopBody({ body }: ForStatement | WhileStatement): readonly Statement[] {
  const [first] = body;
  return body.length === 1 && first?.kind === 'block' ? first.body : body;
}

/** The value reads a name that the loop gives a value, in its head or its body. */
function bindsInLoop(value: NonNullable<AssignStatement['value']>, loop: Statement, names: NameIndex): boolean {
  for (const { node } of walkFrom([{ kind: 'expression', node: value }])) {
    if (node.kind !== 'name') continue;
    const isBound = names.variable(node.name, node).some((other) => other.kind !== 'read' && contains(loop, other));
    if (isBound) return true;
  }
  return false;
}

function moveEdits(module: SourceModule, statement: Statement, loop: Statement): Edit[] | undefined {
  const { text } = module;
  if (!isFirstOnLine(text, loop.start) || !isFirstOnLine(text, statement.start)) return undefined;
  const end = lineEnd(text, statement.end);
  if (!/^[ \t]*;?[ \t]*$/.test(text.slice(statement.end, end))) return undefined;
  const outer = indentationAt(text, loop.start);
  const source = reindent(module, { start: statement.start, end }, outer);
  if (source === undefined) return undefined;
  const before = Math.max(lineStart(text, loop.start), bomLength(text));
  return [
    { span: { start: before, end: before }, text: `${outer}${source.trimEnd()}${lineBreakOf(text)}` },
    { span: { start: lineStart(text, statement.start), end: nextLineStart(text, statement.end) }, text: '' },
  ];
}
