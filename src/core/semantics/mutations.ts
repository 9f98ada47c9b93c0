import type { CallExpression, Expression } from '../ir/expression.ts';
import type { BoundModule } from './binding/boundModule.ts';
import type { Binding, Definition } from './binding/scope.ts';

const CHANGING_METHODS =
  /^(update|setdefault|pop|popitem|clear|append|extend|insert|remove|add|push|unshift|splice|assign|defineProperty)$/;
/** Stands for any key: a computed one, or code that may change every entry. */
const ANY = Symbol('any key');
type Key = string | typeof ANY;

/** What holds a mapping: a variable, or an attribute by its name, whatever object it belongs to. */
type Holder = Binding | string;

/**
 * Which entries of a written-out mapping or object may have changed since: `kw["dtype"] = …`, `options.dtype = …`, through another
 * name for it, or in a function of the project that it is handed to.
 */
export class Mutations {
  private readonly changed = new Map<Holder, Set<Key>>();
  /** What was given a value where it is written: `rows = []`. */
  private readonly givenTo = new Map<Expression, Holder>();
  private readonly aliases = new Map<Holder, Set<Holder>>();

  /** `runsOwnCode`: whether a call may run code of the project, which may change what it is given. */
  constructor(
    private readonly bound: BoundModule,
    runsOwnCode: (call: CallExpression) => boolean,
  ) {
    for (const { target, value } of bound.stores) {
      this.note(target.object, target.kind === 'attribute' ? target.name : constantKey(target.indices));
      this.alias(this.holderOf(target), this.holderOf(value));
      this.noteGiven(value, this.holderOf(target));
    }
    for (const binding of this.bindings()) {
      for (const definition of binding.definitions) this.noteDefinition(binding, definition);
    }
    for (const call of bound.calls) this.noteCall(call, runsOwnCode);
  }

  /** True when the entry of what the expression names may have been changed since it was written. */
  mayChange(expression: Expression, key: string): boolean {
    return this.isChanged(this.holderOf(expression), key);
  }

  /** True when any entry may have been changed, or entries added, since what the expression names was written. */
  mayChangeAny(expression: Expression): boolean {
    return this.isChanged(this.holderOf(expression), ANY);
  }

  /** True when the entry of a mapping that is written out may have been changed where it was first put. */
  mayChangeIn(written: Expression, key: string): boolean {
    return this.isChanged(this.givenTo.get(written), key);
  }

  /** True when a list or mapping that is written out may have got or lost entries where it was first put. */
  mayGrow(written: Expression): boolean {
    return this.isChanged(this.givenTo.get(written), ANY);
  }

  private isChanged(holder: Holder | undefined, key: Key): boolean {
    if (holder === undefined) return false;
    const seen = new Set<Holder>([holder]);
    for (const current of seen) {
      const keys = this.changed.get(current);
      if (keys && (key === ANY || keys.has(ANY) || keys.has(key))) return true;
      for (const alias of this.aliases.get(current) ?? []) seen.add(alias);
    }
    return false;
  }

  private noteCall(call: CallExpression, runsOwnCode: (call: CallExpression) => boolean): void {
    const { callee, args } = call;
    if (callee.kind === 'attribute' && CHANGING_METHODS.test(callee.name)) {
      // `Object.assign(options, …)` changes its argument, `kw.update(…)` its receiver.
      const changed = /^(assign|defineProperty)$/.test(callee.name) ? args[0]?.value : callee.object;
      if (changed) for (const key of changedKeys(callee.name, args)) this.note(changed, key);
    }
    const handed = args.filter(
      (argument) => argument.spread === undefined && this.holderOf(argument.value) !== undefined,
    );
    if (handed.length > 0 && runsOwnCode(call)) for (const argument of handed) this.note(argument.value, ANY);
  }

  private noteDefinition(binding: Binding, definition: Definition): void {
    if (definition.kind === 'loop' && definition.iterable.kind === 'sequence' && definition.path.length === 0)
      for (const element of definition.iterable.elements) this.alias(binding, this.holderOf(element));
    if (definition.kind !== 'assign') return;
    const [step] = definition.path;
    if (step === undefined) {
      this.alias(binding, this.holderOf(definition.value));
      this.noteGiven(definition.value, binding);
    } else if (definition.path.length === 1 && typeof step === 'string') this.alias(binding, step);
  }

  private noteGiven(value: Expression, holder: Holder | undefined): void {
    if (holder === undefined || (value.kind !== 'sequence' && value.kind !== 'mapping')) return;
    this.givenTo.set(value, holder);
    if (value.kind !== 'mapping') return;
    // `{ options }`: what is changed through the new object is changed.
    for (const { key, value: entry } of value.entries) if (key !== undefined) this.alias(key, this.holderOf(entry));
  }

  private note(object: Expression, key: Key): void {
    const holder = this.holderOf(object);
    if (holder === undefined) return;
    const keys = this.changed.get(holder);
    if (keys) keys.add(key);
    else this.changed.set(holder, new Set([key]));
  }

  private alias(one: Holder | undefined, other: Holder | undefined): void {
    if (one === undefined || other === undefined || one === other) return;
    this.link(one, other);
    this.link(other, one);
  }

  private link(from: Holder, to: Holder): void {
    const linked = this.aliases.get(from);
    if (linked) linked.add(to);
    else this.aliases.set(from, new Set([to]));
  }

  private holderOf(expression: Expression): Holder | undefined {
    if (expression.kind === 'attribute') return expression.name;
    return expression.kind === 'name' ? this.bound.reads.get(expression)?.binding : undefined;
  }

  private bindings(): ReadonlySet<Binding> {
    const found = new Set<Binding>();
    for (const { binding } of this.bound.reads.values()) if (binding) found.add(binding);
    return found;
  }
}

/** `kw.update(dtype=x)`, `kw.update({"dtype": x})` and `kw.setdefault("dtype", x)` change what they name, other methods anything. */
function changedKeys(method: string, args: CallExpression['args']): readonly Key[] {
  const [first] = args;
  if (method === 'update' && args.length > 0) return args.flatMap(updatedKeys);
  if ((method === 'setdefault' || method === 'pop') && first?.spread === undefined && first?.value.kind === 'literal')
    return [String(first.value.value)];
  return [ANY];
}

function updatedKeys({ name, spread, value }: CallExpression['args'][number]): readonly Key[] {
  if (name !== undefined) return [name];
  if (spread !== undefined || value.kind !== 'mapping') return [ANY];
  return value.entries.map(({ key, isSpread }) => (isSpread || key === undefined ? ANY : key));
}

function constantKey(indices: readonly Expression[]): Key {
  const [index] = indices;
  return indices.length === 1 && index?.kind === 'literal' ? String(index.value) : ANY;
}
