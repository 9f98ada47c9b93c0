import type { Argument, CallExpression, Expression } from '../../core/ir/expression.ts';
import { childByField, type SyntaxNode } from '../../core/syntax/syntaxTree.ts';
import { lowerExpression, lowerField, lowerOnlyChild } from './expressions.ts';
import type { Lowering } from './lowering.ts';
import { spanOf } from './nodes.ts';

/** `f(…)`, `f?.(…)`, `import(…)`; a tagged template is a call with the template as its only argument. */
export function lowerCall(node: SyntaxNode, lowering: Lowering): Expression {
  const callee = lowerField(node, 'function', lowering);
  return { kind: 'call', callee, isNew: false, ...lowerArguments(node, lowering), ...spanOf(node) };
}

export function lowerNew(node: SyntaxNode, lowering: Lowering): Expression {
  const callee = lowerField(node, 'constructor', lowering);
  return { kind: 'call', callee, isNew: true, ...lowerArguments(node, lowering), ...spanOf(node) };
}

function lowerArguments(node: SyntaxNode, lowering: Lowering): Pick<CallExpression, 'args' | 'argsSpan'> {
  const list = childByField(node, 'arguments');
  if (list === undefined) return { args: [], argsSpan: { start: node.end, end: node.end } };
  if (list.type === 'template_string') {
    return { args: [{ value: lowerExpression(list, lowering), ...spanOf(list) }], argsSpan: spanOf(list) };
  }
  lowering.keepErrors(list);
  return { args: list.children.map((part) => lowerArgument(part, lowering)), argsSpan: spanOf(list) };
}

function lowerArgument(node: SyntaxNode, lowering: Lowering): Argument {
  if (node.type !== 'spread_element') return { value: lowerExpression(node, lowering), ...spanOf(node) };
  return { value: lowerOnlyChild(node, lowering), spread: 'positional', ...spanOf(node) };
}
