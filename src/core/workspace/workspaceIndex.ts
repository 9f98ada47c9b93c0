import type { ExternalReach, LinkFacts, SubclassMembers } from './linkFacts.ts';
import type { ModuleSummary } from './moduleSummary.ts';
import { reachAcrossFiles } from './reach.ts';
import { subclassMembers } from './subclasses.ts';

/** Path of the workspace's own file behind a specifier; `undefined` for libraries. */
type ModuleResolver = (from: string, specifier: string) => string | undefined;

/** Imports are followed this far; real chains from a handler to a model load were one to four calls long. */
const MOST_HOPS = 4;

/** The summaries of a workspace and what follows from them for each file. Kept fresh file by file. */
export class WorkspaceIndex {
  private readonly resolved = new Map<string, Readonly<Record<string, string>>>();
  private readonly values = new WeakMap<ModuleSummary, ModuleSummary>();
  private readonly summaries = new Map<string, ModuleSummary>();
  private reach: ReadonlyMap<string, Readonly<Record<string, ExternalReach>>> | undefined;
  private subclasses: ReadonlyMap<string, SubclassMembers> | undefined;

  constructor(private readonly resolve: ModuleResolver) {}

  set(summary: ModuleSummary): void {
    if (this.summaries.get(summary.path) === summary) return;
    this.summaries.set(summary.path, summary);
    this.resolved.delete(summary.path);
    this.reach = undefined;
    this.subclasses = undefined;
  }

  delete(path: string): void {
    this.resolved.delete(path);
    if (!this.summaries.delete(path)) return;
    this.reach = undefined;
    this.subclasses = undefined;
  }

  /** Files came or went: specifiers may mean others now. */
  resolveAgain(): void {
    this.resolved.clear();
    this.reach = undefined;
    this.subclasses = undefined;
  }

  get size(): number {
    return this.summaries.size;
  }

  /** What the other files say about one. */
  factsFor(path: string): LinkFacts {
    this.reach ??= reachAcrossFiles(this.inPathOrder(), (summary) => this.resolvedImports(summary));
    this.subclasses ??= subclassMembers(this.inPathOrder(), (summary) => this.resolvedImports(summary));
    const subclasses = this.subclasses.get(path);
    const summaries = this.importedBy(path);
    const resolved: Record<string, Readonly<Record<string, string>>> = {};
    for (const summary of [this.summaries.get(path), ...summaries]) {
      if (summary) resolved[summary.path] = this.resolvedImports(summary);
    }
    return {
      summaries: summaries.map((summary) => this.valuesOf(summary)),
      resolved,
      reach: this.reach.get(path) ?? {},
      ...(subclasses ? { subclasses } : {}),
    };
  }

  private valuesOf(summary: ModuleSummary): ModuleSummary {
    const known = this.values.get(summary) ?? valuesOnly(summary);
    this.values.set(summary, known);
    return known;
  }

  /** The order in which files came must not decide which of two entry points is told. */
  private inPathOrder(): readonly ModuleSummary[] {
    return [...this.summaries.values()].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  }

  /** Files of the workspace that a file imports, directly and through them. */
  private importedBy(path: string): readonly ModuleSummary[] {
    const found = new Map<string, ModuleSummary>();
    let level = [path];
    for (let hop = 0; hop < MOST_HOPS && level.length > 0; hop++) {
      const next: string[] = [];
      for (const from of level) {
        const summary = this.summaries.get(from);
        for (const target of Object.values(summary ? this.resolvedImports(summary) : {})) {
          const module = this.summaries.get(target);
          if (!module || found.has(target) || target === path) continue;
          found.set(target, module);
          next.push(target);
        }
      }
      level = next;
    }
    return [...found.values()];
  }

  private resolvedImports(summary: ModuleSummary): Readonly<Record<string, string>> {
    const known = this.resolved.get(summary.path);
    if (known) return known;
    const resolved: Record<string, string> = {};
    for (const specifier of summary.imports) {
      const target = this.resolve(summary.path, specifier);
      if (target !== undefined) resolved[specifier] = target;
    }
    this.resolved.set(summary.path, resolved);
    return resolved;
  }
}

/** Calls are followed here; what goes to the engine with each text is what names hold. */
function valuesOnly(summary: ModuleSummary): ModuleSummary {
  const functions = summary.functions.map((definition) => ({ ...definition, calls: [] }));
  const { handlers: _, ...values } = summary;
  return { ...values, calls: [], imports: [], functions };
}
