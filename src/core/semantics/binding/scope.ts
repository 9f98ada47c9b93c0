import type { ClassDefinition, FunctionDefinition, Parameter } from '../../ir/definition.ts';
import type { Expression } from '../../ir/expression.ts';
import type { ImportedName, ImportStatement } from '../../ir/statement.ts';
import type { Span } from '../../text/span.ts';

/** Steps from a whole value to the part that a pattern binds: tuple index, property name, `element` of an iterable, `rest`. */
export type PatternPath = readonly (number | string | { readonly step: 'element' | 'rest' })[];

/** One place that gives a binding its value. */
export type Definition = { readonly binding: Binding; readonly span: Span } & (
  | { readonly kind: 'import'; readonly statement: ImportStatement; readonly name: ImportedName }
  | { readonly kind: 'assign'; readonly value: Expression; readonly path: PatternPath; readonly fallback?: Expression }
  | { readonly kind: 'augmented'; readonly value: Expression; readonly operator: string }
  | { readonly kind: 'loop'; readonly iterable: Expression; readonly path: PatternPath }
  | { readonly kind: 'with'; readonly context: Expression; readonly path: PatternPath }
  | {
      readonly kind: 'parameter';
      readonly definition: FunctionDefinition;
      readonly parameter: Parameter;
      readonly path: PatternPath;
    }
  | { readonly kind: 'function'; readonly definition: FunctionDefinition }
  | { readonly kind: 'class'; readonly definition: ClassDefinition }
  /** A declaration without a value: `let model;`, `x: int`. */
  | { readonly kind: 'declared' }
  /** `except … as e`, match captures. */
  | { readonly kind: 'opaque' }
);

/** A name in a scope with everything that is ever assigned to it. */
export interface Binding {
  readonly name: string;
  readonly scope: Scope;
  readonly definitions: Definition[];
}

export type ScopeKind = 'module' | 'function' | 'class' | 'block' | 'comprehension';

export class Scope {
  readonly bindings = new Map<string, Binding>();
  /** Python `global`/`nonlocal` names of this scope and where they live. */
  readonly redirected = new Map<string, Scope>();

  constructor(
    readonly kind: ScopeKind,
    readonly parent: Scope | undefined,
    /** The function, class or module whose code runs in this scope; blocks and comprehensions share their owner's. */
    readonly owner: ScopeOwner,
  ) {}

  declare(name: string): Binding {
    const target = this.redirected.get(name) ?? this;
    const existing = target.bindings.get(name);
    if (existing) return existing;
    const binding: Binding = { name, scope: target, definitions: [] };
    target.bindings.set(name, binding);
    return binding;
  }

  /** Lexical look-up. Class scopes are invisible from the functions inside them. */
  lookup(name: string): Binding | undefined {
    const redirected = this.redirected.get(name);
    if (redirected) return redirected.bindings.get(name);
    const own = this.bindings.get(name);
    if (own) return own;
    let scope = this.parent;
    while (scope) {
      if (scope.kind !== 'class' || scope.owner === this.owner) {
        const found = scope.bindings.get(name);
        if (found) return found;
      }
      scope = scope.parent;
    }
    return undefined;
  }
}

/** The scope of a module that is bound again and again: a name keeps its binding as long as the module declares it. */
export class ModuleScope extends Scope {
  private known: ReadonlyMap<string, Binding> = new Map();

  constructor() {
    super('module', undefined, { kind: 'module' });
  }

  /** Before the module is bound again: no name is declared, and none has a value. */
  reset(): void {
    this.known = new Map(this.bindings);
    for (const binding of this.known.values()) binding.definitions.length = 0;
    this.bindings.clear();
  }

  override declare(name: string): Binding {
    const existing = this.bindings.get(name);
    if (existing) return existing;
    const binding = this.known.get(name) ?? { name, scope: this, definitions: [] };
    this.bindings.set(name, binding);
    return binding;
  }
}

/** What runs a scope's code from start to end: flow is followed inside one owner, names of outer owners are closed over. */
export type ScopeOwner =
  | { readonly kind: 'module' }
  | { readonly kind: 'function'; readonly definition: FunctionDefinition }
  | { readonly kind: 'class'; readonly definition: ClassDefinition };
