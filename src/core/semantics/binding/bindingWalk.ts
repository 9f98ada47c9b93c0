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
    if (this.isLocal(definition.binding)) this.state?.set(definition);
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
    const { state, loops, statement } = this;
    this.state = FlowState.empty();
    this.loops = [];
    this.inScope(scope, () => this.within(frame, run));
    this.state = state;
    this.loops = loops;
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
