import type { FunctionDefinition } from '../../ir/definition.ts';
import type { Expression, NameExpression, Target } from '../../ir/expression.ts';
import type { SourceModule } from '../../ir/sourceModule.ts';
import type { Statement } from '../../ir/statement.ts';
import { walkFrom } from '../../ir/walk.ts';
import type { Context, Frame } from '../context.ts';
import { type LocalRead, type NodeRecords, type NotedRead, type UnitNames, WalkRecords } from './bindingRecords.ts';
import type { NameRead } from './boundModule.ts';
import { FlowState } from './flowState.ts';
import type { Body, KeptBodies } from './keptBodies.ts';
import { patternLeaves } from './patterns.ts';
import type { Binding, Definition, ModuleScope, Scope } from './scope.ts';

/** States that leave a loop or switch early, collected until its end. */
export interface LoopFlow {
  readonly breaks: (FlowState | undefined)[];
  readonly continues: (FlowState | undefined)[];
  /** Set for a labelled statement that is no loop: only a `break` with this label ends in it. */
  readonly label?: string;
}

/** Where the walk over a module stands: scope, surroundings and flow, and what it has recorded so far. */
export class BindingWalk {
  readonly records = new WalkRecords();
  /** Reads of names of the running owner, in order, so that a loop can add what its end defines. */
  readonly localReads: LocalRead[] = [];
  readonly notedReads: NotedRead[] = [];
  /** Bindings that code of another function writes: no local flow tells what they hold. */
  readonly writtenElsewhere = new Set<Binding>();
  readonly units = new Map<Statement, UnitNames>();
  readonly isPython: boolean;
  scope: Scope;
  context: Context;
  /** `undefined` after a statement that never completes: what follows cannot be reached. */
  state: FlowState | undefined = FlowState.empty();
  loops: LoopFlow[] = [];
  /** One for each `try` body being walked: everything that can hold when it raises. */
  raising: FlowState[] = [];
  statement: Statement | undefined;
  currentFunction: FunctionDefinition | undefined;

  /** The outermost function or class around the place, while it is bound. */
  private body:
    | { readonly free: Map<string, Binding | undefined>; readonly extends: Set<string>; writesModule: boolean }
    | undefined;
  private unit: UnitNames | undefined;

  constructor(
    readonly module: SourceModule,
    readonly nodes: NodeRecords,
    private readonly moduleScope: ModuleScope,
    private readonly moduleContext: Context,
    private readonly bodies: KeptBodies,
  ) {
    this.isPython = module.language === 'python';
    this.scope = moduleScope;
    this.context = moduleContext;
  }

  /** Begins a top-level statement. */
  beginUnit(statement: Statement): void {
    this.unit = this.units.get(statement) ?? {
      statement,
      reads: new Set(),
      defines: new Set(),
      extends: new Set(),
      readPlaces: { from: 0, to: 0 },
    };
    this.units.set(statement, this.unit);
  }

  /** Ends the top-level statement whose names in `readPlaces` began at `from`. */
  endUnit(from: number): void {
    if (this.unit) this.unit.readPlaces = { from, to: this.records.readPlaces.length };
  }

  /** Binds what is inside a function or class, or takes over what was found in it before where that still holds. */
  inBody(definition: Body, run: () => void): void {
    if (this.context !== this.moduleContext || this.scope !== this.moduleScope) return run();
    const known = this.bodies.take(definition, this.moduleScope);
    if (known) {
      this.records.take(known.found);
      for (const name of known.free.keys()) this.unit?.reads.add(name);
      for (const name of known.extends) this.unit?.extends.add(name);
      return;
    }
    const begin = this.records.ends();
    const body = { free: new Map<string, Binding | undefined>(), extends: new Set<string>(), writesModule: false };
    this.body = body;
    run();
    this.body = undefined;
    if (body.writesModule) return;
    this.bodies.keep(definition, { found: this.records.since(begin), free: body.free, extends: body.extends });
  }

  /** The binding of a name here. What the module declares decides it where no scope on the way does. */
  lookup(name: string): Binding | undefined {
    const binding = this.scope.lookup(name);
    if (!binding || binding.scope === this.moduleScope) this.noteFree(name, binding);
    return binding;
  }

  /** What an annotation names is looked up among the names of the module. */
  noteAnnotation(annotation: string): void {
    for (const [name] of annotation.matchAll(/[A-Za-z_]\w*/g)) this.noteFree(name, this.moduleScope.bindings.get(name));
  }

  /** Takes down the names that decide what a class derives from. */
  noteBase(base: Expression): void {
    for (const { node } of walkFrom([{ kind: 'expression', node: base }])) {
      if (node.kind !== 'name') continue;
      this.unit?.extends.add(node.name);
      this.body?.extends.add(node.name);
    }
  }

  private noteFree(name: string, binding: Binding | undefined): void {
    this.unit?.reads.add(name);
    this.body?.free.set(name, binding);
  }

  declareLeaves(target: Target): void {
    for (const leaf of patternLeaves(target)) if (leaf.target.kind === 'name') this.scope.declare(leaf.target.name);
  }

  bindingToWrite(name: string): Binding {
    if (this.isPython)
      return this.scope.kind === 'comprehension'
        ? (this.lookup(name) ?? this.scope.declare(name))
        : this.scope.declare(name);
    return this.lookup(name) ?? this.moduleScope.declare(name);
  }

  define(definition: Definition): void {
    definition.binding.definitions.push(definition);
    this.record(definition);
    if (this.isLocal(definition.binding)) this.state?.set(definition);
  }

  /** A definition that leaves the earlier ones possible: `+=`, `??=`. */
  extend(definition: Definition): void {
    definition.binding.definitions.push(definition);
    this.record(definition);
    if (this.isLocal(definition.binding)) this.state?.add(definition);
  }

  private record(definition: Definition): void {
    if (!this.isLocal(definition.binding)) this.writtenElsewhere.add(definition.binding);
    if (definition.binding.scope === this.moduleScope) {
      this.unit?.defines.add(definition.binding.name);
      if (this.body) this.body.writesModule = true;
    }
    for (const state of this.raising) state.add(definition);
  }

  /** Where a `break` or `continue` goes on: the innermost loop, or what its label names. */
  leave(kind: 'break' | 'continue', label: string | undefined): void {
    const { state } = this;
    this.state = undefined;
    if (label === undefined) {
      const innermost = this.loops.findLast((flow) => flow.label === undefined);
      (kind === 'break' ? innermost?.breaks : innermost?.continues)?.push(state);
      return;
    }
    const target = this.loops.findLastIndex((flow) => flow.label === label);
    if (kind === 'break') this.loops[target]?.breaks.push(state);
    else this.loops[target + 1]?.continues.push(state);
  }

  isLocal(binding: Binding): boolean {
    return binding.scope.owner === this.scope.owner;
  }

  inScope(scope: Scope, run: () => void): void {
    const outer = this.scope;
    this.scope = scope;
    run();
    this.scope = outer;
  }

  within(frame: Frame, run: () => void): void {
    const outer = this.context;
    this.context = { parent: outer, frame };
    run();
    this.context = outer;
  }

  /** Runs a body that has a flow of its own. */
  owned(scope: Scope, frame: Frame, run: () => void): void {
    const { state, loops, raising, statement } = this;
    this.state = FlowState.empty();
    this.loops = [];
    this.raising = [];
    this.inScope(scope, () => this.within(frame, run));
    this.state = state;
    this.loops = loops;
    this.raising = raising;
    this.statement = statement;
  }

  note(node: Expression, parent: Expression | Statement): void {
    this.nodes.infos.set(node, { parent, statement: this.statement, scope: this.scope, context: this.context });
    if (node.kind === 'attribute') this.records.readPlaces.push(node);
    else if (node.kind === 'call') this.records.sources.push(node);
    else if (node.kind === 'opaque' && node.handlers) this.records.handlers.push(...node.handlers);
  }

  read(node: NameExpression): void {
    const binding = this.lookup(node.name);
    const isClosure = binding !== undefined && !this.isLocal(binding);
    const definitions = binding && !isClosure ? (this.state?.get(binding) ?? []) : [];
    const read: NameRead = { binding, definitions, isClosure };
    if (this.unit) this.notedReads.push({ read, before: this.nodes.reads.get(node), unit: this.unit });
    this.nodes.reads.set(node, read);
    this.records.readPlaces.push(node);
    if (binding && !isClosure) this.localReads.push({ read, binding });
  }
}
