import type { ClassDefinition, FunctionDefinition } from '../../ir/definition.ts';
import type { WalkRecords } from './bindingRecords.ts';
import type { Binding, Scope } from './scope.ts';

/** A function or class at module level. */
export type Body = FunctionDefinition | ClassDefinition;

interface BodyRecord {
  readonly found: WalkRecords;
  /** Names that only the module can declare, with what they meant. Nothing else outside of the body decides how it is bound. */
  readonly free: ReadonlyMap<string, Binding | undefined>;
  /** Names in the bases of the classes in it. */
  readonly extends: ReadonlySet<string>;
}

/** What was found in the functions and classes of a module, from one walk to the next. */
export class KeptBodies {
  private last: ReadonlyMap<Body, BodyRecord> = new Map();
  private current = new Map<Body, BodyRecord>();

  /** What is not taken or kept in one walk is forgotten after it. */
  nextWalk(): void {
    this.last = this.current;
    this.current = new Map();
  }

  /** What is known of a body, if its names mean the same as before. */
  take(body: Body, module: Scope): BodyRecord | undefined {
    const known = this.last.get(body);
    if (!known) return undefined;
    for (const [name, binding] of known.free) if (module.bindings.get(name) !== binding) return undefined;
    this.current.set(body, known);
    return known;
  }

  keep(body: Body, record: BodyRecord): void {
    this.current.set(body, record);
  }
}
