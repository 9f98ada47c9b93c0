import type { ClassDefinition, Decorator } from '../../core/ir/definition.ts';
import type { Expression } from '../../core/ir/expression.ts';
import { childByField, childByType, childrenByField, type SyntaxNode } from '../../core/syntax/syntaxTree.ts';
import type { Span } from '../../core/text/span.ts';
import { lowerClassBody } from './classMembers.ts';
import { lowerDecorators } from './decorators.ts';
import { lowerExpression } from './expressions.ts';
import type { Lowering } from './lowering.ts';
import { spanOf } from './nodes.ts';

/** Lowers a class declaration or expression. `outer` are decorators that stand before `export`. */
export function lowerClass(node: SyntaxNode, lowering: Lowering, outer: readonly Decorator[] = []): ClassDefinition {
  const decorators = [...outer, ...lowerDecorators(node.children, lowering)];
  const body = childByField(node, 'body');
  return {
    ...definitionName(node, lowering),
    bases: lowerBases(node, lowering),
    keywords: [],
    decorators,
    body: body === undefined ? [] : lowerClassBody(body, lowering),
    bodySpan: body === undefined ? { start: node.end, end: node.end } : spanOf(body),
    start: Math.min(node.start, decorators[0]?.start ?? node.start),
    end: node.end,
  };
}

/** An enumeration is a class whose members are static fields. */
export function lowerEnum(node: SyntaxNode, lowering: Lowering): ClassDefinition {
  const body = childByField(node, 'body');
  return {
    ...definitionName(node, lowering),
    bases: [],
    keywords: [],
    decorators: [],
    body: body === undefined ? [] : lowerClassBody(body, lowering),
    bodySpan: body === undefined ? { start: node.end, end: node.end } : spanOf(body),
    ...spanOf(node),
  };
}

function definitionName(node: SyntaxNode, lowering: Lowering): { readonly name?: string; readonly nameSpan?: Span } {
  const name = childByField(node, 'name');
  return name === undefined || name.isMissing ? {} : { name: lowering.textOf(name), nameSpan: spanOf(name) };
}

function lowerBases(node: SyntaxNode, lowering: Lowering): readonly Expression[] {
  const heritage = childByType(node, 'class_heritage');
  const clause = heritage && childByType(heritage, 'extends_clause');
  return clause === undefined ? [] : childrenByField(clause, 'value').map((base) => lowerExpression(base, lowering));
}
