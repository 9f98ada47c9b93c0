import type { Parameter } from '../../core/ir/definition.ts';
import { childByField, type SyntaxNode } from '../../core/syntax/syntaxTree.ts';
import { lowerExpression, lowerPart } from './expressions.ts';
import type { Lowering } from './lowering.ts';

/** Parameters of a `parameters` or `lambda_parameters` node; the separators `/` and `*` are not parameters. */
export function lowerParameters(list: SyntaxNode, lowering: Lowering): Parameter[] {
  const parameters: Parameter[] = [];
  let isKeywordOnly = false;
  if (list.errors.length > 0) lowering.leftOver.push(...list.errors);
  for (const node of list.children) {
    if (node.type === 'keyword_separator') isKeywordOnly = true;
    else if (node.type !== 'positional_separator') {
      const parameter = lowerParameter(node, isKeywordOnly, lowering);
      parameters.push(parameter);
      if (parameter.rest === 'positional') isKeywordOnly = true;
    }
  }
  return parameters;
}

function lowerParameter(node: SyntaxNode, isKeywordOnly: boolean, lowering: Lowering): Parameter {
  const declared = childByField(node, 'name') ?? (node.type === 'typed_parameter' ? node.children[0] : node) ?? node;
  const splat = restOf(declared.type);
  const target =
    splat === undefined ? lowerExpression(declared, lowering) : lowerPart(declared.children[0], declared.end, lowering);
  const type = childByField(node, 'type');
  const value = childByField(node, 'value');
  if (node.errors.length > 0 && node !== declared) lowering.leftOver.push(...node.errors);
  return {
    start: node.start,
    end: node.end,
    target,
    ...(value === undefined ? {} : { defaultValue: lowerExpression(value, lowering) }),
    ...(type === undefined ? {} : { annotation: lowering.textOf(type) }),
    ...(splat === undefined ? {} : { rest: splat }),
    isKeywordOnly: isKeywordOnly && splat === undefined,
  };
}

function restOf(type: string): 'positional' | 'keyword' | undefined {
  if (type === 'list_splat_pattern') return 'positional';
  return type === 'dictionary_splat_pattern' ? 'keyword' : undefined;
}
