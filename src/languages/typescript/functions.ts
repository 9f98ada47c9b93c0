import type { Decorator, FunctionDefinition } from '../../core/ir/definition.ts';
import type { Statement } from '../../core/ir/statement.ts';
import { childByField, hasToken, type SyntaxNode } from '../../core/syntax/syntaxTree.ts';
import type { Span } from '../../core/text/span.ts';
import { annotationText } from './annotations.ts';
import { lowerExpression } from './expressions.ts';
import type { Lowering } from './lowering.ts';
import { spanOf } from './nodes.ts';
import { lowerParameters, parameterProperties } from './parameters.ts';
import { lowerPropertyName } from './propertyName.ts';
import { lowerBody } from './statements.ts';

const forms: Readonly<Record<string, FunctionDefinition['form']>> = {
  arrow_function: 'arrow',
  function_expression: 'expression',
  generator_function: 'expression',
  method_definition: 'method',
};

/** Lowers a function of any form. `decorators` are those that a class body holds before a method. */
export function lowerFunction(
  node: SyntaxNode,
  lowering: Lowering,
  decorators: readonly Decorator[] = [],
): FunctionDefinition {
  const accessor = accessorOf(node);
  lowering.keepErrors(node);
  const returnType = childByField(node, 'return_type');
  const parameters = lowerParameters(node, lowering);
  const bodyNode = childByField(node, 'body');
  return {
    ...lowerName(node, lowering),
    form: forms[node.type] ?? 'declaration',
    parameters,
    body: [...parameterProperties(node, parameters), ...lowerFunctionBody(bodyNode, lowering)],
    bodySpan: bodyNode === undefined ? { start: node.end, end: node.end } : spanOf(bodyNode),
    decorators,
    isAsync: hasToken(node, 'async'),
    isStatic: hasToken(node, 'static'),
    ...(accessor && { accessor }),
    ...(returnType && { returnAnnotation: annotationText(returnType, lowering) }),
    start: decorators[0]?.start ?? node.start,
    end: node.end,
  };
}

function lowerName(node: SyntaxNode, lowering: Lowering): { readonly name?: string; readonly nameSpan?: Span } {
  const nameNode = childByField(node, 'name');
  if (nameNode === undefined || nameNode.isMissing) return {};
  const { name } = lowerPropertyName(nameNode, lowering);
  return name === undefined ? {} : { name, nameSpan: spanOf(nameNode) };
}

function accessorOf(node: SyntaxNode): 'get' | 'set' | undefined {
  if (node.type !== 'method_definition') return undefined;
  if (hasToken(node, 'get')) return 'get';
  return hasToken(node, 'set') ? 'set' : undefined;
}

/** An arrow function's expression is returned. */
function lowerFunctionBody(node: SyntaxNode | undefined, lowering: Lowering): readonly Statement[] {
  if (node === undefined) return [];
  if (node.type === 'statement_block') return lowerBody(node, lowering);
  return lowering.nested(
    1,
    () => [{ kind: 'return', value: lowerExpression(node, lowering), ...spanOf(node) }],
    () => [],
  );
}
