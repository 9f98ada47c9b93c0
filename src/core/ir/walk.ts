import { childExpressions, nestedBodies, statementExpressions } from './children.ts';
import type { ClassDefinition, FunctionDefinition } from './definition.ts';
import type { Expression } from './expression.ts';
import type { Statement } from './statement.ts';

export type IrNode =
  | { readonly kind: 'statement'; readonly node: Statement }
  | { readonly kind: 'expression'; readonly node: Expression };

/** Every statement and expression, bodies of functions and classes included, each before its parts. Keeps its own stack. */
export function* walk(body: readonly Statement[]): Iterable<IrNode> {
  const stack: IrNode[] = [];
  const push = (statements: readonly Statement[], expressions: readonly Expression[]): void => {
    for (const node of expressions) stack.push({ kind: 'expression', node });
    for (let index = statements.length - 1; index >= 0; index--) {
      const node = statements[index];
      if (node) stack.push({ kind: 'statement', node });
    }
  };
  push(body, []);
  for (let current = stack.pop(); current; current = stack.pop()) {
    yield current;
    const definition = definitionOf(current);
    if (current.kind === 'statement') {
      push([...nestedBodies(current.node).flat(), ...(definition?.body ?? [])], statementExpressions(current.node));
    } else {
      push(definition?.body ?? [], childExpressions(current.node));
    }
  }
}

/** The function or class that a statement or expression defines. */
export function definitionOf(item: IrNode): FunctionDefinition | ClassDefinition | undefined {
  return item.node.kind === 'function' || item.node.kind === 'class' ? item.node.definition : undefined;
}
