import type { Statement, WithStatement } from '../../core/ir/statement.ts';
import { childByField, childByType, type SyntaxNode } from '../../core/syntax/syntaxTree.ts';
import { lowerExpression, lowerPart } from './expressions.ts';
import type { Lowering } from './lowering.ts';
import { lowerBranch } from './statements.ts';

type WithItem = WithStatement['items'][number];

export function lowerWith(node: SyntaxNode, lowering: Lowering): Statement[] {
  const clause = childByType(node, 'with_clause');
  const block = childByField(node, 'body');
  if (clause !== undefined && clause.errors.length > 0) lowering.leftOver.push(...clause.errors);
  return [
    {
      kind: 'with',
      start: node.start,
      end: node.end,
      items: clause === undefined ? [] : itemNodes(clause).map((item) => lowerItem(item, lowering)),
      body: lowerBranch(block, lowering),
      bodySpan: { start: block?.start ?? node.end, end: block?.end ?? node.end },
    },
  ];
}

/** `with (a as b, c):` may be parsed as one item that is a tuple; to Python the parentheses only group the items. */
function itemNodes(clause: SyntaxNode): readonly SyntaxNode[] {
  const values = clause.children
    .filter((child) => child.type === 'with_item')
    .map((child) => childByField(child, 'value') ?? child.children[0])
    .filter((child) => child !== undefined);
  const [only, second] = values;
  if (only === undefined || second !== undefined) return values;
  if (only.type === 'tuple' && only.children.length > 0) return only.children;
  const inner = only.type === 'parenthesized_expression' ? only.children[0] : undefined;
  return inner?.type === 'as_pattern' ? [inner] : values;
}

function lowerItem(node: SyntaxNode, lowering: Lowering): WithItem {
  const inner = node.type === 'as_pattern' ? undefined : innerAlias(node);
  if (inner) return { ...lowerItem(inner.alias, lowering), context: lowerExpression(inner.context, lowering) };
  if (node.type !== 'as_pattern') return { context: lowerExpression(node, lowering) };
  const alias = childByField(node, 'alias');
  if (node.errors.length > 0) lowering.leftOver.push(...node.errors);
  return {
    context: lowerPart(node.children[0], node.start, lowering),
    ...(alias === undefined ? {} : { target: lowerExpression(alias, lowering) }),
  };
}

/** `a() if c else b() as x` is parsed as if `as x` belonged to `b()`: taken out of the last operand, the rest is the context. */
function innerAlias(node: SyntaxNode): { readonly context: SyntaxNode; readonly alias: SyntaxNode } | undefined {
  const last = node.children.at(-1);
  if (last === undefined || last.end !== node.end || node.type === 'call') return undefined;
  const found = last.type === 'as_pattern' ? { context: last.children[0], alias: last } : innerAlias(last);
  if (found?.context === undefined) return undefined;
  const replaced: SyntaxNode = { ...found.context, ...(last.field === undefined ? {} : { field: last.field }) };
  return {
    context: { ...node, end: replaced.end, children: [...node.children.slice(0, -1), replaced] },
    alias: found.alias,
  };
}
