import type { Statement } from '../../ir/statement.ts';
import type { UnitNames } from './bindingRecords.ts';

/** Finds the statements that make the classes which a class derives from. */
export class BaseClasses {
  private lazyDefiners: ReadonlyMap<string, readonly UnitNames[]> | undefined;

  constructor(private readonly units: ReadonlyMap<Statement, UnitNames>) {}

  /** Statements that decide what the names stand for, by way of any number of other names: `Other = Base`, `return Base`. */
  named(names: ReadonlySet<string>): ReadonlySet<Statement> {
    const found = new Set<Statement>();
    const pending = new Set(names);
    // Grows while it is gone through.
    for (const name of pending) {
      for (const { statement, reads } of this.definers.get(name) ?? []) {
        // What a class of another module holds does not come from this one.
        if (statement.kind === 'import' || found.has(statement)) continue;
        found.add(statement);
        if (statement.kind !== 'class') for (const read of reads) pending.add(read);
      }
    }
    return found;
  }

  private get definers(): ReadonlyMap<string, readonly UnitNames[]> {
    this.lazyDefiners ??= definersOf(this.units);
    return this.lazyDefiners;
  }
}

function definersOf(units: ReadonlyMap<Statement, UnitNames>): ReadonlyMap<string, readonly UnitNames[]> {
  const definers = new Map<string, UnitNames[]>();
  for (const unit of units.values()) {
    for (const name of unit.defines) {
      const known = definers.get(name);
      if (known) known.push(unit);
      else definers.set(name, [unit]);
    }
  }
  return definers;
}
