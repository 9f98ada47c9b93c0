import type { ClassDefinition, Decorator, FunctionDefinition } from '../../core/ir/definition.ts';
import type { Argument, Expression } from '../../core/ir/expression.ts';
import type { Statement } from '../../core/ir/statement.ts';
import { childByField, hasToken, type SyntaxNode } from '../../core/syntax/syntaxTree.ts';
import type { Span } from '../../core/text/span.ts';
import { lowerArguments } from './calls.ts';
import { lowerPart } from './expressions.ts';
import type { Lowering } from './lowering.ts';
import { lowerParameters } from './parameters.ts';
import { lowerBlock } from './statements.ts';

/** The statement spans the decorators, the definition starts at `def` or `class`. */
export function lowerDecorated(node: SyntaxNode, lowering: Lowering): Statement[] {
  const decorators = node.children
    .filter((child) => child.type === 'decorator')
    .map((child) => lowerDecorator(child, lowering));
  const definition = childByField(node, 'definition');
  if (definition?.type === 'function_definition') return [functionStatement(node, definition, decorators, lowering)];
  if (definition?.type === 'class_definition') return [classStatement(node, definition, decorators, lowering)];
  return [
    { kind: 'opaque', start: node.start, end: node.end, children: decorators.map(({ expression }) => expression) },
  ];
}

function lowerDecorator(node: SyntaxNode, lowering: Lowering): Decorator {
  if (node.errors.length > 0) lowering.leftOver.push(...node.errors);
  return { start: node.start, end: node.end, expression: lowerPart(node.children[0], node.end, lowering) };
}

export function lowerFunction(node: SyntaxNode, lowering: Lowering): Statement[] {
  return [functionStatement(node, node, [], lowering)];
}

export function lowerClass(node: SyntaxNode, lowering: Lowering): Statement[] {
  return [classStatement(node, node, [], lowering)];
}

export function lowerLambda(node: SyntaxNode, lowering: Lowering): Expression {
  const parameters = childByField(node, 'parameters');
  const value = lowerPart(childByField(node, 'body'), node.end, lowering);
  const bodySpan = { start: value.start, end: value.end };
  return {
    kind: 'function',
    start: node.start,
    end: node.end,
    definition: {
      start: node.start,
      end: node.end,
      form: 'lambda',
      parameters: parameters === undefined ? [] : lowerParameters(parameters, lowering),
      body: [{ kind: 'return', ...bodySpan, value }],
      bodySpan,
      decorators: [],
      isAsync: false,
      isStatic: false,
    },
  };
}

function functionStatement(
  span: Span,
  node: SyntaxNode,
  decorators: readonly Decorator[],
  lowering: Lowering,
): Statement {
  if (span !== node && node.errors.length > 0) lowering.leftOver.push(...node.errors);
  const parameters = childByField(node, 'parameters');
  const returnType = childByField(node, 'return_type');
  const block = childByField(node, 'body');
  const definition: FunctionDefinition = {
    start: node.start,
    end: node.end,
    ...nameOf(node, lowering),
    form: lowering.isInClassBody ? 'method' : 'declaration',
    parameters: parameters === undefined ? [] : lowerParameters(parameters, lowering),
    body: lowerBlock(block, lowering, false),
    bodySpan: bodySpanOf(node, block),
    decorators,
    isAsync: hasToken(node, 'async'),
    isStatic: decorators.some(({ expression }) => expression.kind === 'name' && expression.name === 'staticmethod'),
    ...(returnType === undefined ? {} : { returnAnnotation: lowering.textOf(returnType) }),
  };
  return { kind: 'function', start: span.start, end: span.end, definition };
}

function classStatement(span: Span, node: SyntaxNode, decorators: readonly Decorator[], lowering: Lowering): Statement {
  if (span !== node && node.errors.length > 0) lowering.leftOver.push(...node.errors);
  const superclasses = childByField(node, 'superclasses');
  const args = superclasses === undefined ? [] : lowerArguments(superclasses, lowering);
  const block = childByField(node, 'body');
  const definition: ClassDefinition = {
    start: node.start,
    end: node.end,
    ...nameOf(node, lowering),
    bases: args.filter(isBase).map(baseOf),
    keywords: args.filter((arg) => !isBase(arg)),
    decorators,
    body: lowerBlock(block, lowering, true),
    bodySpan: bodySpanOf(node, block),
  };
  return { kind: 'class', start: span.start, end: span.end, definition };
}

function isBase(arg: Argument): boolean {
  return arg.name === undefined && arg.spread !== 'keyword';
}

function baseOf({ start, end, value, spread }: Argument): Expression {
  return spread === undefined ? value : { kind: 'spread', start, end, value };
}

function nameOf(node: SyntaxNode, lowering: Lowering): { name: string; nameSpan: Span } | Record<string, never> {
  const name = childByField(node, 'name');
  if (name === undefined || name.isMissing) return {};
  return { name: lowering.nameAt(name), nameSpan: { start: name.start, end: name.end } };
}

function bodySpanOf(node: SyntaxNode, block: SyntaxNode | undefined): Span {
  return block === undefined ? { start: node.end, end: node.end } : { start: block.start, end: block.end };
}
