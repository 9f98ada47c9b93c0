import type { ClassDefinition, FunctionDefinition } from '../ir/definition.ts';
import type { Expression } from '../ir/expression.ts';
import type { BoundModule, Store } from './binding/boundModule.ts';
import type { PatternPath } from './binding/scope.ts';
import { enclosingClass, enclosingFunction } from './context.ts';

/** A value given to a member: by a class-level field or by `self.x = …` / `this.x = …` in a method. */
export interface MemberValue {
  readonly value: Expression;
  readonly path: PatternPath;
}

export type Member =
  | { readonly kind: 'method'; readonly definition: FunctionDefinition }
  | { readonly kind: 'assigned'; readonly value: Expression };

/** Methods and assigned attributes of the module's own classes. */
export class ClassMembers {
  private readonly storesOf = new Map<ClassDefinition, Store[]>();
  /** Objects of attribute assignments that go through no `self` or `this`, by attribute. */
  private readonly outside = new Map<string, Expression[]>();

  constructor(private readonly bound: BoundModule) {
    for (const store of bound.stores) {
      const owner = this.ownerOfStore(store);
      if (!owner) {
        this.noteOutside(store);
        continue;
      }
      const stores = this.storesOf.get(owner);
      if (stores) stores.push(store);
      else this.storesOf.set(owner, [store]);
    }
  }

  methods(definition: ClassDefinition, name: string): readonly FunctionDefinition[] {
    return definition.body.flatMap((statement) =>
      statement.kind === 'function' && statement.definition.name === name ? [statement.definition] : [],
    );
  }

  allMethods(definition: ClassDefinition): readonly FunctionDefinition[] {
    return definition.body.flatMap((statement) => (statement.kind === 'function' ? [statement.definition] : []));
  }

  constructors(definition: ClassDefinition): readonly FunctionDefinition[] {
    const isPython = this.bound.module.language === 'python';
    return this.methods(definition, isPython ? '__init__' : 'constructor');
  }

  /** Values that the class or its methods assign to an attribute. */
  assigned(definition: ClassDefinition, name: string): readonly MemberValue[] {
    const fields = definition.body.flatMap((statement): MemberValue[] => {
      if (statement.kind !== 'assign' || !statement.value || statement.operator !== '=') return [];
      const { value } = statement;
      return statement.targets.flatMap((target) =>
        target.kind === 'name' && target.name === name ? [{ value, path: [] }] : [],
      );
    });
    const stores = (this.storesOf.get(definition) ?? []).flatMap((store): MemberValue[] =>
      store.target.kind === 'attribute' && store.target.name === name ? [{ value: store.value, path: store.path }] : [],
    );
    return [...fields, ...stores];
  }

  /** Every member with each of its values. */
  all(definition: ClassDefinition): readonly { readonly name: string; readonly value: Member }[] {
    const methods = this.allMethods(definition).flatMap((method) =>
      method.name ? [{ name: method.name, value: { kind: 'method' as const, definition: method } }] : [],
    );
    const names = new Set<string>();
    for (const statement of definition.body) {
      if (statement.kind !== 'assign') continue;
      for (const target of statement.targets) if (target.kind === 'name') names.add(target.name);
    }
    for (const { target } of this.storesOf.get(definition) ?? [])
      if (target.kind === 'attribute') names.add(target.name);
    const assigned = [...names].flatMap((name) =>
      this.assigned(definition, name)
        .filter(({ path }) => path.length === 0)
        .map(({ value }) => ({ name, value: { kind: 'assigned' as const, value } })),
    );
    return [...methods, ...assigned];
  }

  /** Attributes that are assigned through something else than `self` or `this`. */
  get namesStoredFromOutside(): ReadonlySet<string> {
    return new Set(this.outside.keys());
  }

  storesFromOutside(name: string): readonly Expression[] {
    return this.outside.get(name) ?? [];
  }

  private noteOutside({ target }: Store): void {
    if (target.kind !== 'attribute') return;
    const objects = this.outside.get(target.name);
    if (objects) objects.push(target.object);
    else this.outside.set(target.name, [target.object]);
  }

  /** The class whose instance a store writes to, when it writes through `self`, `cls` or `this`. */
  private ownerOfStore(store: Store): ClassDefinition | undefined {
    if (store.target.kind !== 'attribute' || store.target.object.kind !== 'name') return undefined;
    const info = this.bound.infos.get(store.target);
    if (!info) return undefined;
    const receiver = store.target.object.name;
    if (this.bound.module.language !== 'python') return receiver === 'this' ? enclosingClass(info.context) : undefined;
    const method = enclosingFunction(info.context);
    const first = method?.parameters[0]?.target;
    if (first?.kind !== 'name' || first.name !== receiver) return undefined;
    return enclosingClass(info.context);
  }
}
