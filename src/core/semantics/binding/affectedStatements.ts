import type { ImportStatement, Statement } from '../../ir/statement.ts';
import { BaseClasses } from './baseClasses.ts';
import type { NotedRead, UnitNames } from './bindingRecords.ts';
import type { NameRead } from './boundModule.ts';
import type { Definition } from './scope.ts';

interface Change {
  readonly units: ReadonlyMap<Statement, UnitNames>;
  readonly unitsBefore: ReadonlyMap<Statement, UnitNames>;
  /** Imports that may bring any name. */
  readonly stars: readonly ImportStatement[];
  readonly starsBefore: readonly ImportStatement[];
  readonly reads: readonly NotedRead[];
  /** Everything that gives each name of the module a value. */
  readonly values: ReadonlyMap<string, readonly Definition[]>;
  readonly valuesBefore: ReadonlyMap<string, readonly Definition[]>;
}

/**
 * Top-level statements in which an expression can have other values than before. Values come from the statement itself and, by way
 * of the module's names, from the statements that give those names their values: a statement is affected when it is new, when a name
 * in it reaches other definitions, and when it reads a name that an affected statement defines. The other way round, a class is
 * affected with the classes that derive from it, since its methods also see what those set.
 */
export function affectedStatements(change: Change): ReadonlySet<Statement> {
  if (change.unitsBefore.size === 0 || hasOtherStars(change)) return new Set(change.units.keys());
  const affected = new Set<Statement>();
  for (const statement of change.units.keys()) if (!change.unitsBefore.has(statement)) affected.add(statement);
  for (const { read, before, unit } of change.reads)
    if (before && !isSameRead(read, before)) affected.add(unit.statement);
  const readers = readersOf(change.units);
  const add = (name: string): void => {
    for (const reader of readers.get(name) ?? []) affected.add(reader);
  };
  for (const name of new Set([...change.values.keys(), ...change.valuesBefore.keys()])) {
    if (!isSameList(change.values.get(name), change.valuesBefore.get(name))) add(name);
  }
  const bases = new BaseClasses(change.units);
  const basesBefore = new BaseClasses(change.unitsBefore);
  const addBases = ({ extends: names }: UnitNames): void => {
    for (const base of [...bases.named(names), ...basesBefore.named(names)])
      if (change.units.has(base)) affected.add(base);
  };
  for (const unit of change.unitsBefore.values()) if (!change.units.has(unit.statement)) addBases(unit);
  // Grows while it is gone through.
  for (const statement of affected) {
    const unit = change.units.get(statement);
    if (!unit) continue;
    for (const name of unit.defines) add(name);
    addBases(unit);
  }
  return affected;
}

function hasOtherStars({ stars, starsBefore }: Change): boolean {
  return stars.length !== starsBefore.length || stars.some((star, index) => star !== starsBefore[index]);
}

function readersOf(units: ReadonlyMap<Statement, UnitNames>): ReadonlyMap<string, readonly Statement[]> {
  const readers = new Map<string, Statement[]>();
  for (const { statement, reads } of units.values()) {
    for (const name of reads) {
      const known = readers.get(name);
      if (known) known.push(statement);
      else readers.set(name, [statement]);
    }
  }
  return readers;
}

function isSameRead(now: NameRead, before: NameRead): boolean {
  if (now === before) return true;
  if (!now.binding || !before.binding) return now.binding === before.binding;
  if (now.isClosure !== before.isClosure || now.binding.scope.kind !== before.binding.scope.kind) return false;
  const isShared = now.definitions === now.binding.definitions;
  if (isShared !== (before.definitions === before.binding.definitions)) return false;
  // What a shared name of the module can hold is compared by name.
  if (isShared && now.binding === before.binding) return true;
  return isSameList(now.definitions, before.definitions);
}

/** A definition is known by the node that it gives a value, which stays the same as long as its statement does. */
function isSameList(now: readonly Definition[] | undefined, before: readonly Definition[] | undefined): boolean {
  if (now === before) return true;
  return (
    now !== undefined &&
    before !== undefined &&
    now.length === before.length &&
    now.every(({ kind, span }, index) => kind === before[index]?.kind && span === before[index].span)
  );
}
