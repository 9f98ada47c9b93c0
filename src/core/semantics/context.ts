import type { ClassDefinition, FunctionDefinition } from '../ir/definition.ts';
import type { CallExpression, ComprehensionExpression, Expression } from '../ir/expression.ts';
import type {
  ForStatement,
  IfStatement,
  Statement,
  TryStatement,
  WhileStatement,
  WithStatement,
} from '../ir/statement.ts';
import type { Scope } from './binding/scope.ts';

/** What syntactically surrounds a place, innermost first, as a linked list shared by all places inside. */
export interface Context {
  readonly parent: Context | undefined;
  readonly frame: Frame;
}

export type Frame =
  | { readonly kind: 'module' }
  | { readonly kind: 'function'; readonly definition: FunctionDefinition; readonly node?: Expression }
  | { readonly kind: 'class'; readonly definition: ClassDefinition }
  | { readonly kind: 'loop'; readonly statement: ForStatement | WhileStatement }
  | { readonly kind: 'comprehension'; readonly expression: ComprehensionExpression }
  | { readonly kind: 'with'; readonly statement: WithStatement }
  /** `branch` tells the taken side: true for the consequent. */
  | { readonly kind: 'if'; readonly statement: IfStatement; readonly branch: boolean }
  | { readonly kind: 'choice'; readonly expression: Expression; readonly test: Expression; readonly branch: boolean }
  | { readonly kind: 'try'; readonly statement: TryStatement; readonly part: 'body' | 'handler' | 'else' | 'finally' }
  /** Inside the arguments of a call, between the call and a function passed to it. */
  | { readonly kind: 'argument'; readonly call: CallExpression };

/** Where a node sits. */
export interface NodeInfo {
  readonly parent: Expression | Statement | undefined;
  readonly statement: Statement | undefined;
  readonly scope: Scope;
  readonly context: Context;
}

export function* frames(context: Context): Iterable<Frame> {
  let current: Context | undefined = context;
  while (current) {
    yield current.frame;
    current = current.parent;
  }
}

export function enclosingFunction(context: Context): FunctionDefinition | undefined {
  for (let current: Context | undefined = context; current; current = current.parent)
    if (current.frame.kind === 'function') return current.frame.definition;
  return undefined;
}

/** The class whose body or method directly holds the place: the nearest class frame. */
export function enclosingClass(context: Context): ClassDefinition | undefined {
  for (let current: Context | undefined = context; current; current = current.parent)
    if (current.frame.kind === 'class') return current.frame.definition;
  return undefined;
}
