import type { Parameter } from '../../core/ir/definition.ts';
import type { Statement } from '../../core/ir/statement.ts';
import { childByField, childByType, hasToken, type SyntaxNode } from '../../core/syntax/syntaxTree.ts';
import { annotationText } from './annotations.ts';
import { lowerExpression } from './expressions.ts';
import type { Lowering } from './lowering.ts';
import { spanOf } from './nodes.ts';
import { lowerTarget } from './patterns.ts';

/** Parameters of a function; `x => …` has one without a list, and the type-only `this` parameter is dropped. */
export function lowerParameters(node: SyntaxNode, lowering: Lowering): readonly Parameter[] {
  const single = childByField(node, 'parameter');
  if (single !== undefined) {
    return [{ target: lowerTarget(single, lowering), isKeywordOnly: false, ...spanOf(single) }];
  }
  const list = childByField(node, 'parameters');
  if (list === undefined) return [];
  lowering.keepErrors(list);
  return parameterNodes(list).map((parameter) => lowerParameter(parameter, lowering));
}

/**
 * `constructor(private x: X)` also assigns `this.x = x`. The assignments stand at the parameter, before the body's first
 * statement: the only statements whose span lies outside the body that holds them.
 */
export function parameterProperties(node: SyntaxNode, parameters: readonly Parameter[]): readonly Statement[] {
  const list = childByField(node, 'parameters');
  if (list === undefined || node.type !== 'method_definition') return [];
  return parameterNodes(list).flatMap((parameter, index): readonly Statement[] => {
    const target = parameters[index]?.target;
    if (!isParameterProperty(parameter) || target?.kind !== 'name') return [];
    const { name, start, end } = target;
    const self = { kind: 'name', name: 'this', start, end } as const;
    const property = { kind: 'attribute', object: self, name, nameSpan: { start, end }, start, end } as const;
    return [{ kind: 'assign', targets: [property], value: { ...target }, operator: '=', start, end }];
  });
}

function parameterNodes(list: SyntaxNode): readonly SyntaxNode[] {
  return list.children.filter((child) => {
    const pattern = childByField(child, 'pattern');
    return pattern !== undefined && pattern.type !== 'this';
  });
}

function isParameterProperty(node: SyntaxNode): boolean {
  return (
    childByType(node, 'accessibility_modifier') !== undefined ||
    childByType(node, 'override_modifier') !== undefined ||
    hasToken(node, 'readonly')
  );
}

function lowerParameter(node: SyntaxNode, lowering: Lowering): Parameter {
  lowering.keepErrors(node);
  const pattern = childByField(node, 'pattern') ?? node;
  const target = lowerTarget(pattern, lowering);
  const value = childByField(node, 'value');
  const type = childByField(node, 'type');
  return {
    target: target.kind === 'spread' ? target.value : target,
    ...(value && { defaultValue: lowerExpression(value, lowering) }),
    ...(type && { annotation: annotationText(type, lowering) }),
    ...(target.kind === 'spread' && { rest: 'positional' }),
    isKeywordOnly: false,
    ...spanOf(node),
  };
}
