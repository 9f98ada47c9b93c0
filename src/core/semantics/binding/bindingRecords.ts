import type { ClassDefinition, FunctionDefinition } from '../../ir/definition.ts';
import type { CallExpression, Expression, NameExpression } from '../../ir/expression.ts';
import type { Statement } from '../../ir/statement.ts';
import type { Context, NodeInfo } from '../context.ts';
import type { NameRead, Store } from './boundModule.ts';
import type { Binding, Scope } from './scope.ts';

/** What one walk over a module finds; `BoundModule` is its read-only face. */
export class BindingRecords {
  readonly infos = new Map<Expression | Statement, NodeInfo>();
  readonly reads = new Map<NameExpression, NameRead>();
  /** Reads of names of the running owner, in order, so that a loop can add what its end defines. */
  readonly localReads: { readonly read: NameRead; readonly binding: Binding }[] = [];
  /** Bindings that code of another function writes: no local flow tells what they hold. */
  readonly writtenElsewhere = new Set<Binding>();
  /** Functions with a `yield`. */
  readonly generators = new Set<FunctionDefinition>();
  /** Functions that can end without `return`. */
  readonly fallsThrough = new Set<FunctionDefinition>();
  readonly stores: Store[] = [];
  readonly calls: CallExpression[] = [];
  readonly functions: FunctionDefinition[] = [];
  readonly classes: ClassDefinition[] = [];
  readonly functionContexts = new Map<FunctionDefinition, Context>();
  readonly classContexts = new Map<ClassDefinition, Context>();
  readonly classScopes = new Map<ClassDefinition, Scope>();
  readonly returns = new Map<FunctionDefinition, Expression[]>();
}
