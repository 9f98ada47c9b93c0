import type { Expression } from '../ir/expression.ts';
import type { BoundModule } from './binding/boundModule.ts';
import type { Binding } from './binding/scope.ts';

const CHANGING_METHODS = /^(update|setdefault|pop|popitem|clear|append|extend|insert|remove|assign)$/;
/** Stands for any key: a computed one, or a method that may change every entry. */
const ANY = Symbol('any key');

/** Which entries of a variable's mapping or object are changed after it was written out: `kw["dtype"] = …`, `options.dtype = …`. */
export class Mutations {
  private readonly changed = new Map<Binding, Set<string | typeof ANY>>();

  constructor(private readonly bound: BoundModule) {
    for (const { target } of bound.stores) {
      if (target.kind === 'attribute') this.note(target.object, target.name);
      else this.note(target.object, constantKey(target.indices));
    }
    for (const { callee, args } of bound.calls) {
      if (callee.kind !== 'attribute' || !CHANGING_METHODS.test(callee.name)) continue;
      const first = args[0]?.value;
      // `Object.assign(options, …)` changes its argument, `kw.update(…)` its receiver.
      if (callee.name === 'assign' && first) this.note(first, ANY);
      else this.note(callee.object, ANY);
    }
  }

  /** True when the entry of what the expression names may have been changed since. */
  mayChange(expression: Expression, key: string): boolean {
    const binding = this.bindingOf(expression);
    const keys = binding && this.changed.get(binding);
    return keys !== undefined && (keys.has(ANY) || keys.has(key));
  }

  private note(object: Expression, key: string | typeof ANY): void {
    const binding = this.bindingOf(object);
    if (!binding) return;
    const keys = this.changed.get(binding);
    if (keys) keys.add(key);
    else this.changed.set(binding, new Set([key]));
  }

  private bindingOf(expression: Expression): Binding | undefined {
    return expression.kind === 'name' ? this.bound.reads.get(expression)?.binding : undefined;
  }
}

function constantKey(indices: readonly Expression[]): string | typeof ANY {
  const [index] = indices;
  return indices.length === 1 && index?.kind === 'literal' ? String(index.value) : ANY;
}
