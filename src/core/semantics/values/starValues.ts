import type { Evaluator } from '../evaluator.ts';
import type { Value } from '../value.ts';
import { UNKNOWN_VALUES } from './unknown.ts';

/** Classes are named so; modules that a star hands on (`torch`, `nn`, `np`) are not. */
const CLASS_NAME = /^[A-Z]\w*[a-z]/;

/**
 * What a name is that only a star import can have brought: what the workspace's own module gives it, else the symbol of a library
 * that the API data know, else a class of the only library that is imported so.
 */
export function starValues(evaluator: Evaluator, name: string): readonly Value[] {
  // A star leaves out what begins with an underscore, unless `__all__` lists it.
  if (name.startsWith('_')) return UNKNOWN_VALUES;
  const modules: string[] = [];
  for (const statement of evaluator.bound.stars.toReversed()) {
    const specifier = '.'.repeat(statement.level) + statement.module;
    const own = evaluator.links?.module(specifier);
    const exported = own?.kind === 'module' ? evaluator.links?.exported(own.path, name) : undefined;
    if (exported) return exported;
    if (!own) modules.push(specifier);
  }
  const known = modules.find((module) => isKnown(evaluator, `${module}.${name}`));
  const [only] = modules;
  const module = known ?? (modules.length === 1 && CLASS_NAME.test(name) ? only : undefined);
  if (module === undefined) return UNKNOWN_VALUES;
  return [{ kind: 'symbol', name: `${module}${module.endsWith('.') ? '' : '.'}${name}`, module }];
}

function isKnown({ apis }: Evaluator, name: string): boolean {
  return apis.lookup(apis.canonicalName(name)) !== undefined;
}
