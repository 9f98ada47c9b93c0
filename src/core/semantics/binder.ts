import { childExpressions } from '../ir/children.ts';
import type { ClassDefinition, FunctionDefinition } from '../ir/definition.ts';
import type {
  AssignmentExpression,
  AttributeExpression,
  CallExpression,
  ComprehensionExpression,
  Expression,
  NameExpression,
  SubscriptExpression,
  Target,
} from '../ir/expression.ts';
import type { SourceModule } from '../ir/sourceModule.ts';
import type { Statement, TryStatement } from '../ir/statement.ts';
import type { Context, Frame, NodeInfo } from './context.ts';
import { FlowState, union } from './flowState.ts';
import { patternLeaves } from './patterns.ts';
import { declareBlock, declareOwner, declaresLexically } from './predeclare.ts';
import { type Binding, type Definition, type PatternPath, Scope } from './scope.ts';

/** An assignment to an attribute or element: `self.model = …`, `cache[key] = …`. */
export interface Store {
  readonly target: AttributeExpression | SubscriptExpression;
  readonly value: Expression;
  readonly path: PatternPath;
  readonly operator: string;
}

/** Scopes, places and flow of one module: the result of one walk over its statements. */
export interface BoundModule {
  readonly module: SourceModule;
  readonly moduleScope: Scope;
  readonly infos: ReadonlyMap<Expression | Statement, NodeInfo>;
  /** Binding and reaching definitions of every name that is read. */
  readonly reads: ReadonlyMap<NameExpression, NameRead>;
  readonly stores: readonly Store[];
  readonly calls: readonly CallExpression[];
  readonly functions: readonly FunctionDefinition[];
  readonly classes: readonly ClassDefinition[];
  readonly functionContexts: ReadonlyMap<FunctionDefinition, Context>;
  readonly classContexts: ReadonlyMap<ClassDefinition, Context>;
  readonly classScopes: ReadonlyMap<ClassDefinition, Scope>;
  /** What each function returns, in source order. */
  readonly returns: ReadonlyMap<FunctionDefinition, readonly Expression[]>;
}

export interface NameRead {
  readonly binding: Binding | undefined;
  /** Definitions that can reach the read; for a name of an outer function or module all of its definitions. */
  definitions: readonly Definition[];
  readonly isClosure: boolean;
}

interface LoopFlow {
  readonly breaks: (FlowState | undefined)[];
  readonly continues: (FlowState | undefined)[];
}

/** Binds a module: declares scopes, follows the flow of every owner, and records where each node sits. */
export function bindModule(module: SourceModule): BoundModule {
  return new Binder(module).bind();
}

class Binder {
  private readonly infos = new Map<Expression | Statement, NodeInfo>();
  private readonly reads = new Map<NameExpression, NameRead>();
  private readonly localReads: { readonly read: NameRead; readonly binding: Binding }[] = [];
  private readonly stores: Store[] = [];
  private readonly calls: CallExpression[] = [];
  private readonly functions: FunctionDefinition[] = [];
  private readonly classes: ClassDefinition[] = [];
  private readonly functionContexts = new Map<FunctionDefinition, Context>();
  private readonly classContexts = new Map<ClassDefinition, Context>();
  private readonly classScopes = new Map<ClassDefinition, Scope>();
  private readonly returns = new Map<FunctionDefinition, Expression[]>();
  private readonly isPython: boolean;
  private scope: Scope;
  private context: Context = { parent: undefined, frame: { kind: 'module' } };
  private state: FlowState | undefined = FlowState.empty();
  private loops: LoopFlow[] = [];
  private statement: Statement | undefined;
  private currentFunction: FunctionDefinition | undefined;

  constructor(private readonly module: SourceModule) {
    this.isPython = module.language === 'python';
    this.scope = new Scope('module', undefined, { kind: 'module' });
  }

  bind(): BoundModule {
    const moduleScope = this.scope;
    declareOwner(this.module.body, moduleScope, this.module.language);
    if (!this.isPython) declareBlock(this.module.body, moduleScope);
    this.statements(this.module.body);
    for (const read of this.reads.values()) {
      if (read.isClosure && read.binding) read.definitions = read.binding.definitions;
    }
    return {
      module: this.module,
      moduleScope,
      infos: this.infos,
      reads: this.reads,
      stores: this.stores,
      calls: this.calls,
      functions: this.functions,
      classes: this.classes,
      functionContexts: this.functionContexts,
      classContexts: this.classContexts,
      classScopes: this.classScopes,
      returns: this.returns,
    };
  }

  private statements(body: readonly Statement[]): void {
    if (!this.isPython) for (const statement of body) if (statement.kind === 'function') this.defineFunction(statement);
    for (const statement of body) this.visit(statement);
  }

  /** A JavaScript block gets a scope of its own when it declares something. */
  private block(body: readonly Statement[]): void {
    if (this.isPython || !declaresLexically(body)) return this.statements(body);
    this.inScope(new Scope('block', this.scope, this.scope.owner), () => {
      declareBlock(body, this.scope);
      this.statements(body);
    });
  }

  private visit(node: Statement): void {
    const outer = this.statement;
    this.statement = node;
    this.infos.set(node, { parent: outer, statement: node, scope: this.scope, context: this.context });
    this.visitKind(node);
    this.statement = outer;
  }

  private visitKind(node: Statement): void {
    switch (node.kind) {
      case 'expression':
        return this.expression(node.expression, node);
      case 'assign':
        return this.assign(node);
      case 'function':
        if (this.isPython) this.defineFunction(node);
        return this.functionBody(node.definition, node, undefined);
      case 'class':
        this.classBody(node.definition, node);
        if (node.definition.name)
          this.define({
            kind: 'class',
            definition: node.definition,
            span: node,
            binding: this.scope.declare(node.definition.name),
          });
        return;
      case 'import':
        for (const name of node.names) {
          if (name.local)
            this.define({ kind: 'import', statement: node, name, span: name, binding: this.scope.declare(name.local) });
        }
        return;
      case 'export':
        if (node.value) this.expression(node.value, node);
        return;
      case 'return':
        if (node.value) {
          this.expression(node.value, node);
          if (this.currentFunction) this.returns.get(this.currentFunction)?.push(node.value);
        }
        this.state = undefined;
        return;
      case 'if':
        return this.branch(node);
      case 'for':
        return this.forLoop(node);
      case 'while':
        return this.whileLoop(node);
      case 'with':
        for (const item of node.items) {
          this.expression(item.context, node);
          if (item.target)
            this.bindTarget(item.target, node, (path, binding, span) => ({
              kind: 'with',
              context: item.context,
              path,
              binding,
              span,
            }));
        }
        return this.within({ kind: 'with', statement: node }, () => this.block(node.body));
      case 'try':
        return this.tryStatement(node);
      case 'match':
        return this.matchStatement(node);
      case 'block':
        return this.block(node.body);
      case 'break':
        this.loops.at(-1)?.breaks.push(this.state);
        this.state = undefined;
        return;
      case 'continue':
        this.loops.at(-1)?.continues.push(this.state);
        this.state = undefined;
        return;
      case 'raise':
        if (node.value) this.expression(node.value, node);
        this.state = undefined;
        return;
      case 'scope':
        return;
      case 'opaque':
        for (const child of node.children) this.expression(child, node);
    }
  }

  private assign(node: Statement & { kind: 'assign' }): void {
    if (node.value) this.expression(node.value, node);
    const value = node.value;
    for (const target of node.targets) {
      if (!value) {
        this.bindTarget(target, node, (_path, binding, span) => ({ kind: 'opaque', binding, span }));
      } else if (node.operator === '=') {
        this.bindTarget(
          target,
          node,
          (path, binding, span, fallback) => ({
            kind: 'assign',
            value,
            path,
            binding,
            span,
            ...(fallback ? { fallback } : {}),
          }),
          value,
        );
      } else {
        this.augment(target, value, node.operator, node);
      }
    }
  }

  private augment(target: Target, value: Expression, operator: string, parent: Expression | Statement): void {
    this.expression(target, parent);
    if (target.kind !== 'name') {
      if (target.kind === 'attribute' || target.kind === 'subscript')
        this.stores.push({ target, value, path: [], operator });
      return;
    }
    const binding = this.scope.lookup(target.name) ?? this.scope.declare(target.name);
    const definition: Definition = { kind: 'augmented', value, operator, binding, span: target };
    binding.definitions.push(definition);
    if (this.isLocal(binding)) this.state?.add(definition);
  }

  /** Visits a target: names are defined, attributes and elements are recorded as stores and their objects read. */
  private bindTarget(
    target: Target,
    parent: Expression | Statement,
    make: (path: PatternPath, binding: Binding, span: NameExpression, fallback: Expression | undefined) => Definition,
    value?: Expression,
  ): void {
    for (const leaf of patternLeaves(target)) {
      if (leaf.fallback) this.expression(leaf.fallback, parent);
      if (leaf.target.kind === 'name') {
        this.note(leaf.target, parent);
        this.define(make(leaf.path, this.bindingToWrite(leaf.target.name), leaf.target, leaf.fallback));
        continue;
      }
      this.expression(leaf.target, parent);
      if (value) this.stores.push({ target: leaf.target, value, path: leaf.path, operator: '=' });
    }
  }

  private declareLeaves(target: Target): void {
    for (const leaf of patternLeaves(target)) if (leaf.target.kind === 'name') this.scope.declare(leaf.target.name);
  }

  private bindingToWrite(name: string): Binding {
    if (this.isPython)
      return this.scope.kind === 'comprehension'
        ? (this.scope.lookup(name) ?? this.scope.declare(name))
        : this.scope.declare(name);
    return this.scope.lookup(name) ?? this.scope.declare(name);
  }

  private define(definition: Definition): void {
    definition.binding.definitions.push(definition);
    if (this.isLocal(definition.binding)) this.state?.set(definition);
  }

  private isLocal(binding: Binding): boolean {
    return binding.scope.owner === this.scope.owner;
  }

  private defineFunction(node: Statement & { kind: 'function' }): void {
    if (!node.definition.name) return;
    this.define({
      kind: 'function',
      definition: node.definition,
      span: node,
      binding: this.scope.declare(node.definition.name),
    });
  }

  private branch(node: Statement & { kind: 'if' }): void {
    this.expression(node.test, node);
    const entry = this.state;
    this.state = entry?.copy();
    this.within({ kind: 'if', statement: node, branch: true }, () => this.block(node.consequent));
    const consequent = this.state;
    this.state = entry?.copy();
    this.within({ kind: 'if', statement: node, branch: false }, () => this.block(node.alternate));
    this.state = FlowState.join([consequent, this.state]);
  }

  private forLoop(node: Statement & { kind: 'for' }): void {
    const run = (): void => {
      if (node.init) this.statements(node.init);
      const iterable = node.iterable;
      if (iterable) this.expression(iterable, node);
      this.loop({ kind: 'loop', statement: node }, node.orElse, () => {
        if (node.test) this.expression(node.test, node);
        if (node.target && iterable) {
          this.bindTarget(node.target, node, (path, binding, span) => ({
            kind: 'loop',
            iterable,
            path,
            binding,
            span,
          }));
        }
        this.block(node.body);
        if (node.update) this.expression(node.update, node);
      });
    };
    if (this.isPython) return run();
    this.inScope(new Scope('block', this.scope, this.scope.owner), () => {
      if (node.init) declareBlock(node.init, this.scope);
      if (node.target && node.declaration) this.declareLeaves(node.target);
      run();
    });
  }

  private whileLoop(node: Statement & { kind: 'while' }): void {
    this.loop({ kind: 'loop', statement: node }, node.orElse, () => {
      if (!node.isPostTest) this.expression(node.test, node);
      this.block(node.body);
      if (node.isPostTest) this.expression(node.test, node);
    });
  }

  /**
   * Follows a loop body once. A read that a definition from before the loop can reach is also reached by what the body's end
   * defines, because the next turn starts there: those definitions are added afterwards, which spares a second walk.
   */
  private loop(frame: Frame, orElse: readonly Statement[], body: () => void): void {
    const entry = this.state;
    const firstRead = this.localReads.length;
    const flow: LoopFlow = { breaks: [], continues: [] };
    this.loops.push(flow);
    this.state = entry?.copy();
    this.within(frame, body);
    this.loops.pop();
    const end = FlowState.join([this.state, ...flow.continues]);
    if (end) this.carryAround(entry, end, firstRead);
    this.state = FlowState.join([entry, end]);
    if (orElse.length > 0) this.block(orElse);
    this.state = FlowState.join([this.state, ...flow.breaks]);
  }

  private carryAround(entry: FlowState | undefined, end: FlowState, firstRead: number): void {
    for (const { read, binding } of this.localReads.slice(firstRead)) {
      const before = entry?.get(binding) ?? [];
      const fromEntry =
        read.definitions.length === 0 || read.definitions.some((definition) => before.includes(definition));
      if (fromEntry) read.definitions = union(read.definitions, end.get(binding));
    }
  }

  private tryStatement(node: TryStatement): void {
    const entry = this.state;
    this.state = entry?.copy();
    this.within({ kind: 'try', statement: node, part: 'body' }, () => this.block(node.body));
    const body = this.state;
    const mayRaise = FlowState.join([entry, body]);
    const ends: (FlowState | undefined)[] = [];
    for (const handler of node.handlers) {
      this.state = mayRaise?.copy();
      if (handler.type) this.expression(handler.type, node);
      const run = (): void => {
        if (handler.target)
          this.bindTarget(handler.target, node, (_path, binding, span) => ({ kind: 'opaque', binding, span }));
        this.within({ kind: 'try', statement: node, part: 'handler' }, () => this.block(handler.body));
      };
      if (this.isPython || !handler.target) run();
      else this.inScope(new Scope('block', this.scope, this.scope.owner), run);
      ends.push(this.state);
    }
    this.state = body;
    if (node.orElse.length > 0)
      this.within({ kind: 'try', statement: node, part: 'else' }, () => this.block(node.orElse));
    this.state = FlowState.join([this.state, ...ends]);
    if (node.finalizer.length === 0) return;
    const normal = this.state;
    this.state = FlowState.join([mayRaise, normal])?.copy();
    this.within({ kind: 'try', statement: node, part: 'finally' }, () => this.block(node.finalizer));
    if (!normal) this.state = undefined;
  }

  private matchStatement(node: Statement & { kind: 'match' }): void {
    this.expression(node.subject, node);
    const entry = this.state;
    const flow: LoopFlow = { breaks: [], continues: [] };
    // `break` leaves a JavaScript switch; in Python it leaves the loop around the match.
    if (!this.isPython) this.loops.push(flow);
    let fallThrough: FlowState | undefined;
    const ends: (FlowState | undefined)[] = [];
    for (const branch of node.cases) {
      this.state = FlowState.join([entry, fallThrough])?.copy();
      for (const pattern of branch.patterns) this.pattern(pattern, node);
      if (branch.guard) this.expression(branch.guard, node);
      this.block(branch.body);
      if (this.isPython) ends.push(this.state);
      else fallThrough = this.state;
    }
    if (!this.isPython) this.loops.pop();
    this.loops.at(-1)?.continues.push(...flow.continues);
    this.state = FlowState.join([entry, fallThrough, ...ends, ...flow.breaks]);
  }

  private pattern(pattern: Expression, parent: Statement): void {
    if (this.isPython) {
      this.bindTarget(pattern, parent, (_path, binding, span) => ({ kind: 'opaque', binding, span }));
      if (patternLeaves(pattern).length > 0) return;
    }
    this.expression(pattern, parent);
  }

  private functionBody(
    definition: FunctionDefinition,
    node: Expression | Statement,
    expression: Expression | undefined,
  ): void {
    for (const decorator of definition.decorators) this.expression(decorator.expression, node);
    for (const parameter of definition.parameters)
      if (parameter.defaultValue) this.expression(parameter.defaultValue, node);
    this.functions.push(definition);
    this.returns.set(definition, []);
    const frame: Frame = { kind: 'function', definition, ...(expression ? { node: expression } : {}) };
    this.owned(new Scope('function', this.scope, { kind: 'function', definition }), frame, () => {
      const outerFunction = this.currentFunction;
      this.currentFunction = definition;
      this.functionContexts.set(definition, this.context);
      declareOwner(definition.body, this.scope, this.module.language);
      for (const parameter of definition.parameters) {
        this.declareLeaves(parameter.target);
        this.bindTarget(parameter.target, node, (path, binding, span) => ({
          kind: 'parameter',
          definition,
          parameter,
          path,
          binding,
          span,
        }));
      }
      if (!this.isPython) declareBlock(definition.body, this.scope);
      this.statements(definition.body);
      this.currentFunction = outerFunction;
    });
  }

  private classBody(definition: ClassDefinition, node: Expression | Statement): void {
    for (const decorator of definition.decorators) this.expression(decorator.expression, node);
    for (const base of definition.bases) this.expression(base, node);
    for (const keyword of definition.keywords) this.expression(keyword.value, node);
    this.classes.push(definition);
    this.owned(new Scope('class', this.scope, { kind: 'class', definition }), { kind: 'class', definition }, () => {
      this.classContexts.set(definition, this.context);
      this.classScopes.set(definition, this.scope);
      declareOwner(definition.body, this.scope, this.module.language);
      if (!this.isPython) declareBlock(definition.body, this.scope);
      this.statements(definition.body);
    });
  }

  /** Runs a body that has a flow of its own. */
  private owned(scope: Scope, frame: Frame, run: () => void): void {
    const { state, loops, statement } = this;
    this.state = FlowState.empty();
    this.loops = [];
    this.inScope(scope, () => this.within(frame, run));
    this.state = state;
    this.loops = loops;
    this.statement = statement;
  }

  private inScope(scope: Scope, run: () => void): void {
    const outer = this.scope;
    this.scope = scope;
    run();
    this.scope = outer;
  }

  private within(frame: Frame, run: () => void): void {
    const outer = this.context;
    this.context = { parent: outer, frame };
    run();
    this.context = outer;
  }

  private note(node: Expression, parent: Expression | Statement): void {
    this.infos.set(node, { parent, statement: this.statement, scope: this.scope, context: this.context });
  }

  private expression(node: Expression, parent: Expression | Statement): void {
    this.note(node, parent);
    switch (node.kind) {
      case 'name':
        return this.read(node);
      case 'function':
        return this.functionBody(node.definition, node, node);
      case 'class':
        return this.classBody(node.definition, node);
      case 'call':
        return this.call(node);
      case 'comprehension':
        return this.comprehension(node);
      case 'assignment':
        return this.assignmentExpression(node);
      case 'conditional':
        this.expression(node.test, node);
        this.alternative(node, node.test, true, node.consequent);
        return this.alternative(node, node.test, false, node.alternate);
      case 'logical':
        this.expression(node.left, node);
        return this.alternative(node, node.left, node.operator === 'and', node.right);
      default:
        for (const child of childExpressions(node)) this.expression(child, node);
    }
  }

  private alternative(node: Expression, test: Expression, branch: boolean, taken: Expression): void {
    const entry = this.state;
    this.state = entry?.copy();
    this.within({ kind: 'choice', expression: node, test, branch }, () => this.expression(taken, node));
    this.state = FlowState.join([entry, this.state]);
  }

  private read(node: NameExpression): void {
    const binding = this.scope.lookup(node.name);
    if (!binding) {
      this.reads.set(node, { binding: undefined, definitions: [], isClosure: false });
      return;
    }
    const isClosure = !this.isLocal(binding);
    const read: NameRead = { binding, definitions: isClosure ? [] : (this.state?.get(binding) ?? []), isClosure };
    this.reads.set(node, read);
    if (!isClosure) this.localReads.push({ read, binding });
  }

  private call(node: CallExpression): void {
    this.expression(node.callee, node);
    this.calls.push(node);
    for (const argument of node.args) {
      if (argument.value.kind === 'function') {
        this.within({ kind: 'argument', call: node }, () => this.expression(argument.value, node));
      } else {
        this.expression(argument.value, node);
      }
    }
  }

  private comprehension(node: ComprehensionExpression): void {
    const first = node.clauses[0];
    if (first) this.expression(first.iterable, node);
    this.inScope(new Scope('comprehension', this.scope, this.scope.owner), () =>
      this.within({ kind: 'comprehension', expression: node }, () => {
        for (const clause of node.clauses) {
          if (clause !== first) this.expression(clause.iterable, node);
          this.declareLeaves(clause.target);
          this.bindTarget(clause.target, node, (path, binding, span) => ({
            kind: 'loop',
            iterable: clause.iterable,
            path,
            binding,
            span,
          }));
          for (const condition of clause.conditions) this.expression(condition, node);
        }
        if (node.key) this.expression(node.key, node);
        this.expression(node.element, node);
      }),
    );
  }

  private assignmentExpression(node: AssignmentExpression): void {
    if (node.operator === '=' || node.operator === ':=') {
      this.expression(node.value, node);
      return this.bindTarget(
        node.target,
        node,
        (path, binding, span, fallback) => ({
          kind: 'assign',
          value: node.value,
          path,
          binding,
          span,
          ...(fallback ? { fallback } : {}),
        }),
        node.value,
      );
    }
    if (node.value === node.target) return this.expression(node.target, node);
    this.alternative(node, node.target, false, node.value);
    this.augment(node.target, node.value, node.operator, node);
  }
}
