import type { ClassDefinition, FunctionDefinition } from '../../ir/definition.ts';
import type { CallExpression, ElementHandler, Expression, NameExpression } from '../../ir/expression.ts';
import type { Statement } from '../../ir/statement.ts';
import type { Context, NodeInfo } from '../context.ts';
import type { NameRead, ReadPlace, SourceNode, Store } from './boundModule.ts';
import type { Binding, Scope } from './scope.ts';

/** What is known of single nodes. Stays as long as the node does, over any number of walks. */
export class NodeRecords {
  readonly infos = new Map<Expression | Statement, NodeInfo>();
  readonly reads = new Map<NameExpression, NameRead>();
  /** Functions with a `yield`. */
  readonly generators = new Set<FunctionDefinition>();
  /** Functions that can end without `return`. */
  readonly fallsThrough = new Set<FunctionDefinition>();
  readonly functionContexts = new Map<FunctionDefinition, Context>();
  readonly classContexts = new Map<ClassDefinition, Context>();
  readonly classScopes = new Map<ClassDefinition, Scope>();
  readonly returns = new Map<FunctionDefinition, Expression[]>();

  /** Drops what is known of nodes that are no longer there. */
  forget(nodes: Iterable<object>): void {
    const tables: readonly (Map<object, unknown> | Set<object>)[] = [
      this.infos,
      this.reads,
      this.generators,
      this.fallsThrough,
      this.functionContexts,
      this.classContexts,
      this.classScopes,
      this.returns,
    ];
    for (const node of nodes) for (const table of tables) table.delete(node);
  }
}

/** What one walk finds, in the order of the walk. */
export class WalkRecords {
  readonly calls: CallExpression[] = [];
  readonly functions: FunctionDefinition[] = [];
  readonly classes: ClassDefinition[] = [];
  readonly stores: Store[] = [];
  readonly readPlaces: ReadPlace[] = [];
  readonly sources: SourceNode[] = [];
  /** What JSX attributes such as `onClick` are given. */
  readonly handlers: ElementHandler[] = [];

  /** What was found since `begin` was the end of each list. */
  since(begin: WalkEnds): WalkRecords {
    const part = new WalkRecords();
    append(part.calls, this.calls, begin.calls);
    append(part.functions, this.functions, begin.functions);
    append(part.classes, this.classes, begin.classes);
    append(part.stores, this.stores, begin.stores);
    append(part.readPlaces, this.readPlaces, begin.readPlaces);
    append(part.sources, this.sources, begin.sources);
    append(part.handlers, this.handlers, begin.handlers);
    return part;
  }

  ends(): WalkEnds {
    return {
      calls: this.calls.length,
      functions: this.functions.length,
      classes: this.classes.length,
      stores: this.stores.length,
      readPlaces: this.readPlaces.length,
      sources: this.sources.length,
      handlers: this.handlers.length,
    };
  }

  /** Takes over what an earlier walk found in a body. */
  take(part: WalkRecords): void {
    append(this.calls, part.calls, 0);
    append(this.functions, part.functions, 0);
    append(this.classes, part.classes, 0);
    append(this.stores, part.stores, 0);
    append(this.readPlaces, part.readPlaces, 0);
    append(this.sources, part.sources, 0);
    append(this.handlers, part.handlers, 0);
  }
}

export type WalkEnds = Readonly<Record<keyof Omit<WalkRecords, 'since' | 'ends' | 'take'>, number>>;

/** A read that this walk noted, and what an earlier walk made of it. */
export interface NotedRead {
  readonly read: NameRead;
  readonly before: NameRead | undefined;
  readonly unit: UnitNames;
}

/** A read of a name of the running owner. */
export interface LocalRead {
  readonly read: NameRead;
  readonly binding: Binding;
}

/** Names of the module that one top-level statement reads and gives a value. */
export interface UnitNames {
  readonly statement: Statement;
  readonly reads: Set<string>;
  readonly defines: Set<string>;
  /** Names in the bases of the classes in it: what their subclasses set is also what `self` has in them. */
  readonly extends: Set<string>;
  /** Its part of the walk's `readPlaces`. */
  readPlaces: { readonly from: number; readonly to: number };
}

function append<Item>(list: Item[], from: readonly Item[], begin: number): void {
  for (let index = begin; index < from.length; index++) {
    const item = from[index];
    if (item !== undefined) list.push(item);
  }
}
