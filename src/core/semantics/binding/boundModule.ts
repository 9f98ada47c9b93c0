import type { ClassDefinition, FunctionDefinition } from '../../ir/definition.ts';
import type {
  AttributeExpression,
  CallExpression,
  ElementHandler,
  Expression,
  NameExpression,
  SubscriptExpression,
} from '../../ir/expression.ts';
import type { SourceModule } from '../../ir/sourceModule.ts';
import type { ExportStatement, ImportStatement, Statement } from '../../ir/statement.ts';
import type { Context, NodeInfo } from '../context.ts';
import type { Binding, Definition, PatternPath, Scope } from './scope.ts';

/** An assignment to an attribute or element: `self.model = …`, `cache[key] = …`. */
export interface Store {
  readonly target: AttributeExpression | SubscriptExpression;
  readonly value: Expression;
  readonly path: PatternPath;
  readonly operator: string;
}

/** Scopes, places and flow of one module: the result of one walk over its statements. */
export interface BoundModule {
  readonly module: SourceModule;
  readonly moduleScope: Scope;
  readonly infos: ReadonlyMap<Expression | Statement, NodeInfo>;
  /** Binding and reaching definitions of every name that is read. */
  readonly reads: ReadonlyMap<NameExpression, NameRead>;
  /** Names and attributes whose value is read, in source order. */
  readonly readPlaces: readonly ReadPlace[];
  /** The part of `readPlaces` that each top-level statement holds. */
  readonly units: ReadonlyMap<Statement, { readonly readPlaces: { readonly from: number; readonly to: number } }>;
  /** What may name another module, in source order. */
  readonly sources: readonly SourceNode[];
  /** Python's `from module import *`, in source order. */
  readonly stars: readonly ImportStatement[];
  /** What JSX attributes such as `onClick` are given. */
  readonly handlers: readonly ElementHandler[];
  readonly stores: readonly Store[];
  readonly generators: ReadonlySet<FunctionDefinition>;
  readonly fallsThrough: ReadonlySet<FunctionDefinition>;
  readonly calls: readonly CallExpression[];
  readonly functions: readonly FunctionDefinition[];
  readonly classes: readonly ClassDefinition[];
  readonly functionContexts: ReadonlyMap<FunctionDefinition, Context>;
  readonly classContexts: ReadonlyMap<ClassDefinition, Context>;
  readonly classScopes: ReadonlyMap<ClassDefinition, Scope>;
  /** What each function returns, in source order. */
  readonly returns: ReadonlyMap<FunctionDefinition, readonly Expression[]>;
}

export type ReadPlace = NameExpression | AttributeExpression;
export type SourceNode = ImportStatement | ExportStatement | CallExpression;

export interface NameRead {
  readonly binding: Binding | undefined;
  /** Definitions that can reach the read; for a name of an outer function or module all of its definitions. */
  definitions: readonly Definition[];
  readonly isClosure: boolean;
}
