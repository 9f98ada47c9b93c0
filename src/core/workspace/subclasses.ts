import type { CallerValue, SubclassMembers } from './linkFacts.ts';
import { Links } from './links.ts';
import type { ModuleSummary } from './moduleSummary.ts';
import { portableValue } from './portableValue.ts';

type ResolvedImports = (summary: ModuleSummary) => Readonly<Record<string, string>>;

/** Classes that derive from classes of other files, by the file of the base: what they set its members to. */
export function subclassMembers(
  summaries: readonly ModuleSummary[],
  resolvedImports: ResolvedImports,
): ReadonlyMap<string, SubclassMembers> {
  const resolved = Object.fromEntries(summaries.map((summary) => [summary.path, resolvedImports(summary)]));
  const modules = new Map(summaries.map((summary) => [summary.path, summary]));
  const found = new Map<string, Record<string, Record<string, readonly CallerValue[]>>>();
  for (const summary of summaries) {
    const links = new Links(modules, resolved, summary.path);
    for (const { bases, members } of summary.classes) {
      for (const base of bases.flatMap((value) => links.valuesIn(value, summary))) {
        if (base.kind !== 'externalClass' || base.path === summary.path) continue;
        const ofFile = found.get(base.path) ?? {};
        found.set(base.path, ofFile);
        const ofClass = Object.hasOwn(ofFile, base.definition.name) ? (ofFile[base.definition.name] ?? {}) : {};
        ofFile[base.definition.name] = ofClass;
        for (const [name, values] of Object.entries(members)) {
          const portable = values.flatMap((value) => links.valuesIn(value, summary).map(portableValue));
          ofClass[name] = [...(Object.hasOwn(ofClass, name) ? (ofClass[name] ?? []) : []), ...portable];
        }
      }
    }
  }
  return found;
}
