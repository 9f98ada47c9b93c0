import type { Argument, Expression } from '../../core/ir/expression.ts';
import { childByField, type SyntaxNode } from '../../core/syntax/syntaxTree.ts';
import { lowerExpression, lowerPart } from './expressions.ts';
import type { Lowering } from './lowering.ts';

export function lowerCall(node: SyntaxNode, lowering: Lowering): Expression {
  const list = childByField(node, 'arguments');
  return {
    kind: 'call',
    start: node.start,
    end: node.end,
    callee: lowerPart(childByField(node, 'function'), node.start, lowering),
    args: list === undefined ? [] : lowerArguments(list, lowering),
    argsSpan: list === undefined ? { start: node.end, end: node.end } : { start: list.start, end: list.end },
    isNew: false,
  };
}

/** Arguments of an `argument_list`, or the bare generator of `f(x for x in y)`. */
export function lowerArguments(list: SyntaxNode, lowering: Lowering): Argument[] {
  if (list.type === 'generator_expression') {
    return [{ start: list.start, end: list.end, value: lowerExpression(list, lowering) }];
  }
  if (list.errors.length > 0) lowering.leftOver.push(...list.errors);
  return list.children.map((child) => lowerArgument(child, lowering));
}

function lowerArgument(node: SyntaxNode, lowering: Lowering): Argument {
  const { start, end } = node;
  if (node.type === 'keyword_argument') {
    const name = childByField(node, 'name');
    const value = lowerPart(childByField(node, 'value'), end, lowering);
    if (node.errors.length > 0) lowering.leftOver.push(...node.errors);
    return name === undefined ? { start, end, value } : { start, end, name: lowering.nameAt(name), value };
  }
  if (node.type === 'list_splat') {
    return { start, end, value: lowerPart(node.children[0], end, lowering), spread: 'positional' };
  }
  if (node.type === 'dictionary_splat') {
    return { start, end, value: lowerPart(node.children[0], end, lowering), spread: 'keyword' };
  }
  const value = lowerExpression(node, lowering);
  return value.kind === 'spread' ? { start, end, value: value.value, spread: 'positional' } : { start, end, value };
}
