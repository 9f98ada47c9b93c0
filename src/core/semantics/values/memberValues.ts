import type { ClassDefinition } from '../../ir/definition.ts';
import type { Evaluator } from '../evaluator.ts';
import type { Value } from '../value.ts';
import { entryValues, partValues } from './parts.ts';
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
  const own = lineage(evaluator, value.definition).flatMap((definition): Value[] => [
    ...evaluator.members.methods(definition, name).map((method): Value => ({ kind: 'function', definition: method })),
    ...evaluator.members
      .assigned(definition, name)
      .flatMap((store) => partValues(evaluator, evaluator.values(store.value), store.path)),
  ]);
  if (own.length > 0) return isSetFromOutside(evaluator, value.definition, name) ? [...own, ...UNKNOWN_VALUES] : own;
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
