import type { FunctionDefinition } from '../../ir/definition.ts';
import type { Expression, NameExpression, Target } from '../../ir/expression.ts';
import type { SourceModule } from '../../ir/sourceModule.ts';
import type { Statement } from '../../ir/statement.ts';
import type { Context, Frame } from '../context.ts';
import { BindingRecords } from './bindingRecords.ts';
import type { NameRead } from './boundModule.ts';
import { FlowState } from './flowState.ts';
import { patternLeaves } from './patterns.ts';
import { type Binding, type Definition, Scope } from './scope.ts';

/** States that leave a loop or switch early, collected until its end. */
export interface LoopFlow {
  readonly breaks: (FlowState | undefined)[];
  readonly continues: (FlowState | undefined)[];
  /** Set for a labelled statement that is no loop: only a `break` with this label ends in it. */
  readonly label?: string;
}

/** Where the walk over a module stands: scope, surroundings and flow, and what it has recorded so far. */
export class BindingWalk {
  readonly records = new BindingRecords();
  readonly isPython: boolean;
  scope: Scope = new Scope('module', undefined, { kind: 'module' });
  context: Context = { parent: undefined, frame: { kind: 'module' } };
  /** `undefined` after a statement that never completes: what follows cannot be reached. */
  state: FlowState | undefined = FlowState.empty();
  loops: LoopFlow[] = [];
  /** One for each `try` body being walked: everything that can hold when it raises. */
  raising: FlowState[] = [];
  statement: Statement | undefined;
  currentFunction: FunctionDefinition | undefined;

  constructor(readonly module: SourceModule) {
    this.isPython = module.language === 'python';
  }

  declareLeaves(target: Target): void {
    for (const leaf of patternLeaves(target)) if (leaf.target.kind === 'name') this.scope.declare(leaf.target.name);
  }

  bindingToWrite(name: string): Binding {
    if (this.isPython)
      return this.scope.kind === 'comprehension'
        ? (this.scope.lookup(name) ?? this.scope.declare(name))
        : this.scope.declare(name);
    return this.scope.lookup(name) ?? this.scope.declare(name);
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
    if (!this.isLocal(definition.binding)) this.records.writtenElsewhere.add(definition.binding);
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
    this.records.infos.set(node, { parent, statement: this.statement, scope: this.scope, context: this.context });
  }

  read(node: NameExpression): void {
    const binding = this.scope.lookup(node.name);
    if (!binding) {
      this.records.reads.set(node, { binding: undefined, definitions: [], isClosure: false });
      return;
    }
    const isClosure = !this.isLocal(binding);
    const read: NameRead = { binding, definitions: isClosure ? [] : (this.state?.get(binding) ?? []), isClosure };
    this.records.reads.set(node, read);
    if (!isClosure) this.records.localReads.push({ read, binding });
  }
}
