import { REQUEST_PARAMETER } from '../semantics/entryPoints/typescriptHandlers.ts';
import { type CallSite, callerValues } from './callerValues.ts';
import type { CallerValue, ExternalLoop, ExternalReach, ExternalStep } from './linkFacts.ts';
import { Links } from './links.ts';
import type { CallEdge, FunctionSummary, ModuleSummary, SummaryValue } from './moduleSummary.ts';
import { portableValue } from './portableValue.ts';

/** Paths of the workspace's modules behind a file's specifiers. */
type ResolvedImports = (summary: ModuleSummary) => Readonly<Record<string, string>>;

const MOST_HOPS = 4;

interface Target {
  readonly path: string;
  readonly definition: FunctionSummary;
}

/** Code that an entry point runs, with the way from there. */
interface Reached {
  readonly from: FunctionSummary | ModuleSummary;
  readonly entry: NonNullable<ExternalReach['entry']>;
}

type GradientState = 'on' | 'off' | 'unknown';

/** How functions are reached from other files: by entry points, with which gradients, in which loops. By path and offset. */
export function reachAcrossFiles(
  summaries: readonly ModuleSummary[],
  resolvedImports: ResolvedImports,
): ReadonlyMap<string, Readonly<Record<string, ExternalReach>>> {
  return new Reach(summaries, resolvedImports).compute();
}

class Reach {
  private readonly sitesOf = new Map<FunctionSummary, CallSite[]>();
  private readonly linksOf = new Map<ModuleSummary, Links>();
  private readonly pathOf = new Map<FunctionSummary, string>();
  private readonly edgesOf = new Map<
    FunctionSummary | ModuleSummary,
    { readonly edge: CallEdge; readonly targets: readonly Target[] }[]
  >();
  private readonly entries = new Map<FunctionSummary, NonNullable<ExternalReach['entry']>>();

  constructor(
    private readonly summaries: readonly ModuleSummary[],
    private readonly resolvedImports: ResolvedImports,
  ) {}

  compute(): ReadonlyMap<string, Readonly<Record<string, ExternalReach>>> {
    const resolved = Object.fromEntries(this.summaries.map((summary) => [summary.path, this.resolvedImports(summary)]));
    const modules = new Map(this.summaries.map((summary) => [summary.path, summary]));
    for (const summary of this.summaries) {
      const links = new Links(modules, resolved, summary.path);
      this.linksOf.set(summary, links);
      for (const definition of summary.functions) this.pathOf.set(definition, summary.path);
      this.index(summary, undefined, summary.calls, links);
      for (const definition of summary.functions) this.index(summary, definition, definition.calls, links);
    }
    this.expand(this.summaries.flatMap((summary) => [...entriesOf(summary), ...this.handlersOf(summary)]));
    return this.byFile();
  }

  /** Functions of other files that a file registers as handlers. */
  private handlersOf(summary: ModuleSummary): readonly Reached[] {
    const links = this.linksOf.get(summary);
    if (!links) return [];
    return (summary.handlers ?? []).flatMap((handler) =>
      this.targetsOf(handler.target, summary, links).flatMap(({ definition }): readonly Reached[] => {
        if (definition.isMemoised || definition.entry || this.entries.has(definition)) return [];
        if (handler.isProvenByParameter && !REQUEST_PARAMETER.test(definition.parameters[0]?.name ?? '')) return [];
        const { kind, framework } = handler;
        const entry = { kind, framework, steps: [stepAt(summary.path, handler, definition.name)] };
        this.entries.set(definition, entry);
        return [{ from: definition, entry }];
      }),
    );
  }

  private index(
    summary: ModuleSummary,
    caller: FunctionSummary | undefined,
    edges: readonly CallEdge[],
    links: Links,
  ): void {
    for (const edge of edges) {
      const targets = this.targetsOf(edge.target, summary, links);
      if (targets.length === 0) continue;
      const from = caller ?? summary;
      const known = this.edgesOf.get(from);
      if (known) known.push({ edge, targets });
      else this.edgesOf.set(from, [{ edge, targets }]);
      for (const { definition } of targets) {
        const site: CallSite = { summary, caller, edge };
        const sites = this.sitesOf.get(definition);
        if (sites) sites.push(site);
        else this.sitesOf.set(definition, [site]);
      }
    }
  }

  /** Functions that a call can run; a class runs its constructor. */
  private targetsOf(value: SummaryValue, summary: ModuleSummary, links: Links): readonly Target[] {
    return links.valuesIn(value, summary).flatMap((found): readonly Target[] => {
      if (found.kind === 'externalFunction') return [{ path: found.path, definition: found.definition }];
      if (found.kind !== 'externalClass' && found.kind !== 'externalObject') return [];
      const name =
        found.kind === 'externalObject' ? '__call__' : summary.language === 'python' ? '__init__' : 'constructor';
      return (links.member(found, name) ?? []).flatMap((member) =>
        member.kind === 'externalFunction' ? [{ path: member.path, definition: member.definition }] : [],
      );
    });
  }

  /** From all entry points at once, level by level, so that every function keeps its shortest chain whatever else there is. */
  private expand(entries: readonly Reached[]): void {
    let level = entries;
    for (let hop = 0; hop < MOST_HOPS && level.length > 0; hop++)
      level = level.flatMap((reached) => this.next(reached));
  }

  private next({ from, entry }: Reached): readonly Reached[] {
    const found: Reached[] = [];
    for (const { edge, targets } of this.edgesOf.get(from) ?? []) {
      if (edge.isMemoised) continue;
      for (const { definition } of targets) {
        if (definition.isMemoised || this.entries.has(definition)) continue;
        const step: ExternalStep = stepAt(this.pathOfNode(from), edge, definition.name);
        const reached = { ...entry, steps: [...entry.steps, step] };
        this.entries.set(definition, reached);
        found.push({ from: definition, entry: reached });
      }
    }
    return found;
  }

  private pathOfNode(node: FunctionSummary | ModuleSummary): string {
    return 'path' in node ? node.path : (this.pathOf.get(node) ?? '');
  }

  private byFile(): ReadonlyMap<string, Readonly<Record<string, ExternalReach>>> {
    const found = new Map<string, Record<string, ExternalReach>>();
    for (const summary of this.summaries) {
      const reach: Record<string, ExternalReach> = {};
      for (const definition of summary.functions) {
        const external = this.externalReach(summary.path, definition);
        if (external) reach[definition.key] = external;
      }
      if (Object.keys(reach).length > 0) found.set(summary.path, reach);
    }
    return found;
  }

  private externalReach(path: string, definition: FunctionSummary): ExternalReach | undefined {
    const sites = (this.sitesOf.get(definition) ?? []).filter(({ summary }) => summary.path !== path);
    const entry = this.entries.get(definition);
    const comesFromOutside = entry?.steps.some((step) => step.path !== path) === true;
    if (sites.length === 0 && !comesFromOutside) return undefined;
    return {
      ...(entry && comesFromOutside ? { entry } : {}),
      gradients: sites.map((site) => this.gradientsAt(site, new Set(), 0)),
      loops: sites.flatMap((site) => this.loopsAt(site, definition, new Set(), 0)),
      parameters: callerValues(definition, sites, {
        sitesOf: (caller) => this.sitesOf.get(caller) ?? [],
        portable: (value, summary) => this.portable(value, summary),
      }),
    };
  }

  private portable(value: SummaryValue, summary: ModuleSummary): readonly CallerValue[] {
    const found = this.linksOf.get(summary)?.valuesIn(value, summary) ?? [];
    return found.map(portableValue);
  }

  /** The nearest loop on each way to a call. */
  private loopsAt(
    { summary, caller, edge }: CallSite,
    callee: FunctionSummary,
    seen: Set<FunctionSummary>,
    hops: number,
  ): readonly ExternalLoop[] {
    if (edge.loop) return [{ ...edge.loop, step: stepAt(summary.path, edge, callee.name) }];
    if (!caller || caller.isMemoised || seen.has(caller) || hops >= MOST_HOPS) return [];
    seen.add(caller);
    return (this.sitesOf.get(caller) ?? []).flatMap((site) => this.loopsAt(site, caller, seen, hops + 1));
  }

  private gradientsAt({ caller, edge }: CallSite, seen: Set<FunctionSummary>, hops: number): GradientState {
    if (edge.gradients) return edge.gradients;
    if (!caller) return 'on';
    if (seen.has(caller) || hops >= MOST_HOPS) return 'unknown';
    seen.add(caller);
    const states = (this.sitesOf.get(caller) ?? []).map((site) => this.gradientsAt(site, seen, hops + 1));
    if (states.length === 0 || states.includes('on')) return 'on';
    return states.every((state) => state === 'off') ? 'off' : 'unknown';
  }
}

function entriesOf(summary: ModuleSummary): readonly Reached[] {
  const script: readonly Reached[] = summary.entry
    ? [
        {
          from: summary,
          entry: { ...summary.entry, steps: [{ path: summary.path, range: START, name: summary.path }] },
        },
      ]
    : [];
  const handlers = summary.functions.flatMap((definition): readonly Reached[] => {
    if (!definition.entry || definition.isMemoised) return [];
    const step: ExternalStep = stepAt(summary.path, definition, definition.name);
    return [{ from: definition, entry: { ...definition.entry, steps: [step] } }];
  });
  return [...script, ...handlers];
}

function stepAt(path: string, { cell, range }: Pick<CallEdge, 'cell' | 'range'>, name: string): ExternalStep {
  return { path, ...(cell === undefined ? {} : { cell }), range, name };
}

const START = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
