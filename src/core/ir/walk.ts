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
  const stack = roots.toReversed();
  for (let current = stack.pop(); current; current = stack.pop()) {
    yield current;
    pushParts(current, stack);
  }
}

/** Puts the parts of a node on the stack, the last one first: expressions come before nested statements, and those before a body. */
function pushParts(item: IrNode, stack: IrNode[]): void {
  const body = definitionOf(item)?.body;
  if (body) pushStatements(body, stack);
  if (item.kind === 'statement') {
    const bodies = nestedBodies(item.node);
    for (let index = bodies.length - 1; index >= 0; index--) pushStatements(bodies[index] ?? [], stack);
  }
  const expressions = item.kind === 'statement' ? statementExpressions(item.node) : childExpressions(item.node);
  for (let index = expressions.length - 1; index >= 0; index--) {
    const node = expressions[index];
    if (node) stack.push({ kind: 'expression', node });
  }
}

function pushStatements(body: readonly Statement[], stack: IrNode[]): void {
  for (let index = body.length - 1; index >= 0; index--) {
    const node = body[index];
    if (node) stack.push({ kind: 'statement', node });
  }
}

/** The function or class that a statement or expression defines. */
export function definitionOf(item: IrNode): FunctionDefinition | ClassDefinition | undefined {
  return item.node.kind === 'function' || item.node.kind === 'class' ? item.node.definition : undefined;
}
