import type { FunctionDefinition } from '../ir/definition.ts';
import type { CallExpression } from '../ir/expression.ts';
import type { ExternalReach } from '../workspace/linkFacts.ts';
import type { BoundModule } from './binding/boundModule.ts';
import type { Context } from './context.ts';
import type { Entry } from './entryPoints/entry.ts';
import type { Evaluator } from './evaluator.ts';
import { handedDefinitions } from './handedFunctions.ts';
import type { Memoisation } from './memoisation/memoisation.ts';
import type { EntryPoint } from './place.ts';
import { runsWithin } from './runsWithin.ts';

/** Real chains from a handler to a model load were one to four calls long. */
const MOST_HOPS = 4;

/** Which functions of a module call which, and which of them a framework's entry point reaches. */
export class CallGraph {
  private readonly sites = new Map<FunctionDefinition, CallExpression[]>();
  private readonly callsIn = new Map<
    FunctionDefinition | undefined,
    { readonly call: CallExpression; readonly targets: readonly FunctionDefinition[] }[]
  >();
  private readonly reached = new Map<FunctionDefinition, EntryPoint>();
  private moduleEntry: EntryPoint | undefined;

  constructor(
    private readonly bound: BoundModule,
    private readonly evaluator: Evaluator,
    private readonly memoisation: Memoisation,
    entries: readonly Entry[],
    reach: ReadonlyMap<FunctionDefinition, ExternalReach>,
  ) {
    for (const call of bound.calls)
      this.index(call, evaluator.calledFunctions(call), handedDefinitions(evaluator, call));
    for (const entry of entries) this.follow(entry);
    for (const [definition, external] of reach) this.followExternal(definition, external);
  }

  /** Calls in this module that can run the function. */
  callsTo(definition: FunctionDefinition): readonly CallExpression[] {
    return this.sites.get(definition) ?? [];
  }

  /** Entry point that reaches a place: that of the function whose run the place is part of, or the module's own. */
  entryPoint(context: Context): EntryPoint | undefined {
    for (const owner of runsWithin(context, this.evaluator)) {
      const entry = owner ? this.reached.get(owner) : this.moduleEntry;
      if (entry) return entry;
    }
    return undefined;
  }

  /** What a call is handed runs because of it, with arguments that only the callee knows: no site of its own. */
  private index(
    call: CallExpression,
    called: readonly FunctionDefinition[],
    handed: readonly FunctionDefinition[],
  ): void {
    const targets = [...called, ...handed];
    if (targets.length === 0) return;
    for (const target of called) {
      const sites = this.sites.get(target);
      if (sites) sites.push(call);
      else this.sites.set(target, [call]);
    }
    for (const owner of this.owners(call)) {
      const inside = this.callsIn.get(owner);
      if (inside) inside.push({ call, targets });
      else this.callsIn.set(owner, [{ call, targets }]);
    }
  }

  private owners(call: CallExpression): readonly (FunctionDefinition | undefined)[] {
    const info = this.bound.infos.get(call);
    return info ? [...runsWithin(info.context, this.evaluator)] : [];
  }

  private follow(entry: Entry): void {
    const { definition, kind, framework } = entry;
    const span = definition
      ? (definition.nameSpan ?? { start: definition.start, end: definition.bodySpan.start })
      : { start: 0, end: 0 };
    const root: EntryPoint = { kind, framework, start: span.start, end: span.end, path: [], via: [] };
    if (!definition) this.moduleEntry = root;
    else if (this.memoisation.isMemoisedFunction(definition)) return;
    else if (!this.reached.has(definition)) this.reached.set(definition, root);
    this.expand(definition, root);
  }

  /** A function that an entry point of another file reaches; an entry point of this file is told first. */
  private followExternal(definition: FunctionDefinition, reach: ExternalReach): void {
    if (!reach.entry || this.reached.has(definition) || this.memoisation.isMemoisedFunction(definition)) return;
    const { kind, framework, steps } = reach.entry;
    const span = definition.nameSpan ?? { start: definition.start, end: definition.bodySpan.start };
    const root: EntryPoint = { kind, framework, start: span.start, end: span.end, path: [], via: [], steps };
    this.reached.set(definition, root);
    this.expand(definition, root);
  }

  /** Breadth first, so that every function keeps its shortest chain from the entry point. */
  private expand(start: FunctionDefinition | undefined, root: EntryPoint): void {
    const queue: { readonly from: FunctionDefinition | undefined; readonly entry: EntryPoint }[] = [
      { from: start, entry: root },
    ];
    for (let next = queue.shift(); next; next = queue.shift()) {
      const { from, entry } = next;
      if (entry.path.length + (entry.steps?.length ?? 0) >= MOST_HOPS) continue;
      for (const { call, targets } of this.callsIn.get(from) ?? []) {
        if (this.memoisation.isMemoised(call)) continue;
        for (const target of targets) {
          if (this.reached.has(target) || this.memoisation.isMemoisedFunction(target)) continue;
          const reached: EntryPoint = { ...entry, path: [...entry.path, target], via: [...entry.via, call] };
          this.reached.set(target, reached);
          queue.push({ from: target, entry: reached });
        }
      }
    }
  }
}
