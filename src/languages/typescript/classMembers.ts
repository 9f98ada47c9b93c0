import type { Decorator } from '../../core/ir/definition.ts';
import type { Expression, Target } from '../../core/ir/expression.ts';
import type { Statement } from '../../core/ir/statement.ts';
import { childByField, hasToken, type SyntaxNode } from '../../core/syntax/syntaxTree.ts';
import { annotationText } from './annotations.ts';
import { lowerDecorators } from './decorators.ts';
import { lowerExpression } from './expressions.ts';
import { lowerFunction } from './functions.ts';
import type { Lowering } from './lowering.ts';
import { childrenAndErrors, spanOf } from './nodes.ts';
import { emptyOpaque } from './opaque.ts';
import { lowerPropertyName } from './propertyName.ts';
import { lowerSkipped } from './recovery.ts';
import { lowerBody } from './statements.ts';

/**
 * Lowers the body of a class or enumeration. What runs when the class is defined but has no place in a definition
 * (computed names, decorators of fields and parameters) stands as an opaque statement before its member.
 */
export function lowerClassBody(body: SyntaxNode, lowering: Lowering): readonly Statement[] {
  const statements: Statement[] = [];
  let pending: readonly Decorator[] = [];
  for (const member of childrenAndErrors(body)) {
    if (member.type === 'decorator') {
      pending = [...pending, ...lowerDecorators([member], lowering)];
      continue;
    }
    const decorators = pending;
    const lowered = lowering.nested(
      1,
      () => lowerMember(member, decorators, lowering),
      () => [],
    );
    for (const statement of lowered) statements.push(statement);
    pending = [];
  }
  return statements;
}

function lowerMember(node: SyntaxNode, decorators: readonly Decorator[], lowering: Lowering): readonly Statement[] {
  switch (node.type) {
    case 'method_definition':
      return [...parameterDecorators(node, lowering), ...lowerMethod(node, decorators, lowering)];
    case 'public_field_definition':
      return lowerField(node, lowering);
    case 'class_static_block': {
      const block = childByField(node, 'body');
      return [{ kind: 'block', body: block === undefined ? [] : lowerBody(block, lowering), ...spanOf(node) }];
    }
    case 'enum_assignment':
    case 'property_identifier':
    case 'string':
    case 'computed_property_name':
      return lowerEnumMember(node, lowering);
    case 'ERROR':
      return lowerSkipped(node, lowering);
    default:
      return [];
  }
}

function lowerMethod(node: SyntaxNode, decorators: readonly Decorator[], lowering: Lowering): readonly Statement[] {
  const definition = lowerFunction(node, lowering, decorators);
  const method: Statement = { kind: 'function', definition, start: definition.start, end: definition.end };
  const name = childByField(node, 'name');
  if (definition.name !== undefined || name === undefined) return [method];
  const { expression } = lowerPropertyName(name, lowering);
  return [opaqueStatement([expression], node), method];
}

function lowerField(node: SyntaxNode, lowering: Lowering): readonly Statement[] {
  const decorators = lowerDecorators(node.children, lowering).map((decorator) => decorator.expression);
  const type = childByField(node, 'type');
  const value = childByField(node, 'value');
  const { target, computed } = lowerFieldTarget(childByField(node, 'name') ?? node, lowering);
  const evaluated = [...decorators, ...computed];
  const field: Statement = {
    kind: 'assign',
    targets: [target],
    ...(value && { value: lowerExpression(value, lowering) }),
    operator: '=',
    declaration: 'field',
    isStatic: hasToken(node, 'static'),
    ...(type && { annotation: annotationText(type, lowering) }),
    ...spanOf(node),
  };
  return evaluated.length > 0 ? [opaqueStatement(evaluated, node), field] : [field];
}

function lowerEnumMember(node: SyntaxNode, lowering: Lowering): readonly Statement[] {
  const value = childByField(node, 'value');
  const { target, computed } = lowerFieldTarget(childByField(node, 'name') ?? node, lowering);
  const member: Statement = {
    kind: 'assign',
    targets: [target],
    ...(value && { value: lowerExpression(value, lowering) }),
    operator: '=',
    declaration: 'field',
    isStatic: true,
    ...spanOf(node),
  };
  return computed.length > 0 ? [opaqueStatement(computed, node), member] : [member];
}

/** A field with a static name has a plain name as its target; that of a computed one is an empty opaque expression. */
function lowerFieldTarget(
  node: SyntaxNode,
  lowering: Lowering,
): { readonly target: Target; readonly computed: readonly Expression[] } {
  const { name, expression } = lowerPropertyName(node, lowering);
  if (name === undefined) return { target: emptyOpaque(node.start, node.end), computed: [expression] };
  return { target: { kind: 'name', name, ...spanOf(node) }, computed: [] };
}

function parameterDecorators(node: SyntaxNode, lowering: Lowering): readonly Statement[] {
  const parameters = childByField(node, 'parameters')?.children ?? [];
  const decorators = parameters.flatMap((parameter) => lowerDecorators(parameter.children, lowering));
  return decorators.length === 0
    ? []
    : [
        opaqueStatement(
          decorators.map((decorator) => decorator.expression),
          node,
        ),
      ];
}

function opaqueStatement(children: readonly Expression[], node: SyntaxNode): Statement {
  return { kind: 'opaque', children, ...spanOf(node) };
}
