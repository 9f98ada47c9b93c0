import { statementExpressions } from '../ir/children.ts';
import type { ClassDefinition, FunctionDefinition } from '../ir/definition.ts';
import type { SourceModule } from '../ir/sourceModule.ts';
import type { Statement } from '../ir/statement.ts';
import { definitionOf, type IrNode, walk, walkFrom } from '../ir/walk.ts';
import type { LineIndex } from '../text/lineIndex.ts';

/** First and last line of the largest piece of code that starts or ends on a line. */
export interface CoveredLines {
  /** Last line of what starts on the line. */
  lastFrom(line: number): number;
  /** First line of what ends on the line. */
  firstTo(line: number): number;
}

/**
 * How far a directive reaches: a simple statement with all its lines, of a compound statement, function or class only the
 * head (decorators included), and never into a function body that has lines of its own.
 */
export function coveredLines(
  module: SourceModule,
  lines: LineIndex,
  wanted: { readonly starts: ReadonlySet<number>; readonly ends: ReadonlySet<number> },
): CoveredLines {
  const last = new Map<number, number>();
  const first = new Map<number, number>();
  for (const item of walk(module.body)) {
    if (!mayMatter(item)) continue;
    const head = headOf(item, module.text);
    if (!head) continue;
    const from = lines.lineOf(head.start);
    const to = lines.lineOf(Math.max(head.start, head.end - 1));
    if (to > (last.get(from) ?? from)) last.set(from, to);
    if (from < (first.get(to) ?? to)) first.set(to, from);
  }
  return { lastFrom: (line) => last.get(line) ?? line, firstTo: (line) => first.get(line) ?? line };

  /** Heads end before their node does, so that only the start can rule a node out. */
  function mayMatter({ node }: IrNode): boolean {
    if (wanted.ends.size > 0) return true;
    const decorators = node.kind === 'function' || node.kind === 'class' ? node.definition.decorators : [];
    return [node, ...decorators].some(({ start }) => wanted.starts.has(lines.lineOf(start)));
  }
}

function headOf(item: IrNode, text: string): { readonly start: number; readonly end: number } | undefined {
  if (item.node.kind === 'opaque') return undefined;
  const definition = definitionOf(item);
  if (definition && (item.kind === 'statement' || hasBlockBody(definition, text)))
    return definitionHead(definition, text);
  if (item.kind === 'statement' && isCompound(item.node)) {
    const parts = statementExpressions(item.node);
    return { start: item.node.start, end: Math.max(item.node.start + 1, ...parts.map((part) => part.end)) };
  }
  const cut = firstBlockBody(item, text);
  return { start: item.node.start, end: Math.min(item.node.end, cut) };
}

function isCompound(statement: Statement): boolean {
  return ['if', 'for', 'while', 'with', 'try', 'match', 'block'].includes(statement.kind);
}

function definitionHead(definition: FunctionDefinition | ClassDefinition, text: string) {
  const start = Math.min(definition.start, ...definition.decorators.map((decorator) => decorator.start));
  const head = text.slice(start, Math.max(start, definition.bodySpan.start)).trimEnd();
  return { start, end: start + Math.max(1, head.length) };
}

/** Offset of the first function or class body in a simple statement or expression; infinite without one. */
function firstBlockBody(item: IrNode, text: string): number {
  const expressions = item.kind === 'statement' ? statementExpressions(item.node) : [item.node];
  let first = Number.POSITIVE_INFINITY;
  for (const inner of walkFrom(expressions.map((node) => ({ kind: 'expression', node })))) {
    const definition = definitionOf(inner);
    if (definition && hasBlockBody(definition, text)) first = Math.min(first, definitionHead(definition, text).end + 1);
  }
  return first;
}

function hasBlockBody(definition: FunctionDefinition | ClassDefinition, text: string): boolean {
  return text[definition.bodySpan.start] === '{';
}
