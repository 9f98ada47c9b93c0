import type { ClassDefinition } from '../../ir/definition.ts';
import type { Evaluator } from '../evaluator.ts';
import type { Value } from '../value.ts';
import { entryValues, partValues } from './parts.ts';
import { recordField } from './recordFields.ts';
import { UNKNOWN_VALUES } from './unknown.ts';

export function memberValues(evaluator: Evaluator, value: Value, name: string): readonly Value[] {
  switch (value.kind) {
    case 'symbol':
      return [submodule(evaluator, value, name) ?? { ...value, name: `${value.name}.${name}` }];
    case 'instance':
      return [
        {
          kind: 'symbol',
          name: `${value.type}.${name}`,
          ...(value.module === undefined ? {} : { module: value.module }),
        },
      ];
    case 'object':
    case 'class':
      return classMemberValues(evaluator, value, name);
    case 'module':
      return evaluator.links?.exported(value.path, name) ?? UNKNOWN_VALUES;
    case 'externalClass':
    case 'externalObject':
      return evaluator.links?.member(value, name) ?? UNKNOWN_VALUES;
    case 'collection':
      return value.node.kind === 'mapping' && evaluator.bound.module.language !== 'python'
        ? entryValues(evaluator, value.node, name)
        : UNKNOWN_VALUES;
    case 'constant':
      // Asking None or undefined for a member raises: what comes back never comes from there.
      return value.value === null ? [] : UNKNOWN_VALUES;
    default:
      return UNKNOWN_VALUES;
  }
}

/** `import a.b` binds `a`, and `a.b` may be a file of the workspace. */
function submodule(evaluator: Evaluator, value: Value & { kind: 'symbol' }, name: string): Value | undefined {
  return value.module === value.name && evaluator.isPython
    ? evaluator.links?.module(`${value.name}.${name}`)
    : undefined;
}

function classMemberValues(
  evaluator: Evaluator,
  value: Value & { kind: 'object' | 'class' },
  name: string,
): readonly Value[] {
  const field = value.kind === 'object' && evaluator.isPython ? recordField(evaluator, value, name) : undefined;
  if (field) return isSetFromOutside(evaluator, value.definition, name) ? [...field, ...UNKNOWN_VALUES] : field;
  const own = lineage(evaluator, value.definition).flatMap((definition): Value[] => [
    ...evaluator.members.methods(definition, name).map((method): Value => ({ kind: 'function', definition: method })),
    ...evaluator.members
      .assigned(definition, name)
      .flatMap((store) => partValues(evaluator, evaluator.values(store.value), store.path)),
  ]);
  const inherited = externalBases(evaluator, value.definition).flatMap(
    (external) => evaluator.links?.member(external, name) ?? [],
  );
  const overridden = value.kind === 'object' && value.call ? [] : overriddenValues(evaluator, value.definition, name);
  const known = [...own, ...inherited, ...overridden];
  if (own.length > 0 || inherited.length > 0)
    return isSetFromOutside(evaluator, value.definition, name) ? [...known, ...UNKNOWN_VALUES] : known;
  const base = evaluator.libraryBase(value.definition);
  return base ? [{ kind: 'symbol', name: `${base}.${name}` }] : UNKNOWN_VALUES;
}

/** `Config.flag = …` or `thing.flag = …` somewhere else, on the class, one of its objects, or something of unknown kind. */
function isSetFromOutside(evaluator: Evaluator, definition: ClassDefinition, name: string): boolean {
  const stores = evaluator.members.storesFromOutside(name);
  // Further stores may come and go with any edit.
  if (stores.length > 0) evaluator.fixpoint.noteOpen();
  return stores.some((object) =>
    evaluator.values(object).some((value) => {
      if (value.kind === 'object' || value.kind === 'class') return value.definition === definition;
      return value.kind === 'unknown';
    }),
  );
}

/** The class and its own bases in this module, nearest first. */
function lineage(
  evaluator: Evaluator,
  definition: ClassDefinition,
  seen: readonly ClassDefinition[] = [],
): readonly ClassDefinition[] {
  if (seen.includes(definition)) return [];
  const bases = definition.bases.flatMap((base) => evaluator.values(base)).filter((value) => value.kind === 'class');
  return [definition, ...bases.flatMap((base) => lineage(evaluator, base.definition, [...seen, definition]))];
}

/** Bases that stand in other files of the workspace, of the class and of its own bases. */
function externalBases(
  evaluator: Evaluator,
  definition: ClassDefinition,
): readonly (Value & { kind: 'externalClass' })[] {
  return lineage(evaluator, definition).flatMap(({ bases }) =>
    bases.flatMap((base) => evaluator.values(base)).filter((value) => value.kind === 'externalClass'),
  );
}

/** `self.model` of a base class holds what a subclass sets, in this file or another. */
function overriddenValues(evaluator: Evaluator, definition: ClassDefinition, name: string): readonly Value[] {
  const elsewhere = definition.name === undefined ? [] : (evaluator.links?.overridden(definition.name, name) ?? []);
  const here = evaluator.bound.classes.flatMap((other): readonly Value[] => {
    if (other === definition || other.bases.length === 0) return [];
    const methods = evaluator.members.methods(other, name);
    const assigned = evaluator.members.assigned(other, name);
    // Most classes have nothing of the name: only then the bases are looked up.
    if (methods.length + assigned.length === 0 || !lineage(evaluator, other).includes(definition)) return [];
    return [
      ...methods.map((method): Value => ({ kind: 'function', definition: method })),
      ...assigned.flatMap((store) => partValues(evaluator, evaluator.values(store.value), store.path)),
    ];
  });
  return [...here, ...elsewhere];
}
