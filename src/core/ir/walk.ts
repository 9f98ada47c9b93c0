import { childExpressions, nestedBodies, statementExpressions } from './children.ts';
import type { ClassDefinition, FunctionDefinition } from './definition.ts';
import type { Expression } from './expression.ts';
import type { Statement } from './statement.ts';

export type IrNode =
  | { readonly kind: 'statement'; readonly node: Statement }
  | { readonly kind: 'expression'; readonly node: Expression };

/** Every statement and expression, bodies of functions and classes included, each before its parts. */
export function walk(body: readonly Statement[]): Iterable<IrNode> {
  return walkFrom(body.map((node) => ({ kind: 'statement', node })));
}

/** `walk` from any nodes. Keeps its own stack, so that deep nesting cannot exhaust the call stack. */
export function* walkFrom(roots: readonly IrNode[]): Iterable<IrNode> {
  const stack = [...roots].reverse();
  for (let current = stack.pop(); current; current = stack.pop()) {
    yield current;
    const { kind, node } = current;
    const statements = [
      ...(kind === 'statement' ? nestedBodies(node).flat() : []),
      ...(definitionOf(current)?.body ?? []),
    ];
    const expressions = kind === 'statement' ? statementExpressions(node) : childExpressions(node);
    for (const inner of statements.reverse()) stack.push({ kind: 'statement', node: inner });
    for (const inner of [...expressions].reverse()) stack.push({ kind: 'expression', node: inner });
  }
}

/** The function or class that a statement or expression defines. */
export function definitionOf(item: IrNode): FunctionDefinition | ClassDefinition | undefined {
  return item.node.kind === 'function' || item.node.kind === 'class' ? item.node.definition : undefined;
}
