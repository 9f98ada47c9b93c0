import { nestedBodies } from '../../ir/children.ts';
import type { FunctionDefinition } from '../../ir/definition.ts';
import type { CallExpression, Expression } from '../../ir/expression.ts';
import type { Statement } from '../../ir/statement.ts';
import type { BoundModule } from '../binding/boundModule.ts';
import type { Definition } from '../binding/scope.ts';
import type { Evaluator } from '../evaluator.ts';
import type { Kept } from './guardTests.ts';

/** Own functions are looked into this many calls deep: a guard, and the method that it calls. */
const MOST_HOPS = 2;
const FRESH_CONTAINER =
  /^(builtins\.(dict|list|set)|collections\.(OrderedDict|defaultdict|deque)|globalThis\.(Map|Set|WeakMap|Object|Array))(\.__call__)?$/;

/** Finds what bodies of code assign and that is still there when they have run. */
export class KeptTargets {
  private readonly known = new Map<readonly Statement[], readonly Kept[]>();

  constructor(
    private readonly bound: BoundModule,
    private readonly evaluator: Evaluator,
  ) {}

  /** What a body assigns and that outlives it, with the containers and local names that lead there. */
  of(body: readonly Statement[], hops = 0): readonly Kept[] {
    const known = this.known.get(body);
    if (known) return known;
    const found = this.collect(body, hops);
    // Deep in a chain of calls not everything is followed.
    if (hops === 0) this.known.set(body, found);
    return found;
  }

  private collect(body: readonly Statement[], hops: number): readonly Kept[] {
    const kept: Kept[] = [];
    const locals: Kept[] = [];
    const visit = (statements: readonly Statement[]): void => {
      for (const statement of statements) {
        for (const target of assignedTargets(statement)) {
          const found = this.keptBy(target);
          if (found.length > 0) kept.push(...found);
          else if (target.kind === 'name') locals.push({ text: target.name });
        }
        const call = calledBy(statement);
        if (call) kept.push(...this.storedBy(call), ...this.keptByCallee(call, hops));
        for (const nested of nestedBodies(statement)) visit(nested);
      }
    };
    visit(body);
    return kept.length > 0 ? [...kept, ...locals] : kept;
  }

  private keptBy(target: Expression): readonly Kept[] {
    if (target.kind === 'name') return this.isOuter(target) ? [{ text: target.name }] : [];
    if (target.kind !== 'attribute' && target.kind !== 'subscript') return [];
    if (this.isMadeHere(target.object)) return [];
    const [index] = target.kind === 'subscript' ? target.indices : [];
    const key = target.kind === 'attribute' ? target.name : index?.kind === 'literal' ? index.value : undefined;
    const container = { text: this.text(target.object), ...(typeof key === 'string' ? { key } : {}) };
    return [{ text: this.text(target) }, container];
  }

  /** `cache.set(key, model)`, `models.put(…)`: the container. */
  private storedBy(call: CallExpression): readonly Kept[] {
    const { callee, args } = call;
    if (this.evaluator.calleeName(call) === 'globalThis.Object.assign') return this.mergedInto(args);
    if (callee.kind !== 'attribute' || args.length < 2 || this.isMadeHere(callee.object)) return [];
    return /^(set|put|setdefault|store)$/.test(callee.name) ? [{ text: this.text(callee.object) }] : [];
  }

  /** `Object.assign(models, { encoder })`: the entries of the first argument. */
  private mergedInto([target, source]: CallExpression['args']): readonly Kept[] {
    if (!target || source?.value.kind !== 'mapping' || this.isMadeHere(target.value)) return [];
    const container = this.text(target.value);
    return source.value.entries.flatMap(({ key }) =>
      key === undefined ? [] : [{ text: `${container}.${key}` }, { text: container, key }],
    );
  }

  /** `self.load()` keeps what `load` assigns to `self.model`. */
  private keptByCallee(call: CallExpression, hops: number): readonly Kept[] {
    if (hops >= MOST_HOPS) return [];
    const receiver = call.callee.kind === 'attribute' ? this.text(call.callee.object) : undefined;
    return this.evaluator
      .calledFunctions(call)
      .flatMap((definition) =>
        this.outlasting(definition, hops + 1).map((kept) =>
          seenFromOutside(kept, this.receiverOf(definition), receiver),
        ),
      );
  }

  /** What calling a function leaves behind; its local names mean nothing to its caller. */
  private outlasting({ body }: FunctionDefinition, hops: number): readonly Kept[] {
    const locals = new Set(body.flatMap(assignedTargets).flatMap((target) => this.localName(target)));
    return this.of(body, hops).filter(({ text }) => !locals.has(text));
  }

  private localName(target: Expression): readonly string[] {
    return target.kind === 'name' && !this.isOuter(target) ? [target.name] : [];
  }

  private receiverOf({ parameters }: FunctionDefinition): string {
    if (!this.evaluator.isPython) return 'this';
    const first = parameters[0]?.target;
    return first?.kind === 'name' ? first.name : 'self';
  }

  private isOuter(target: Expression & { kind: 'name' }): boolean {
    const info = this.bound.infos.get(target);
    const binding = info?.scope.lookup(target.name);
    return binding !== undefined && info !== undefined && binding.scope.owner !== info.scope.owner;
  }

  /** A container that the running function itself makes is gone with it. */
  private isMadeHere(container: Expression): boolean {
    if (container.kind !== 'name' || this.isOuter(container)) return false;
    const binding = this.bound.infos.get(container)?.scope.lookup(container.name);
    if (!binding || binding.scope.kind === 'module' || binding.definitions.length === 0) return false;
    return binding.definitions.every((definition) => this.makesContainer(definition));
  }

  private makesContainer(definition: Definition): boolean {
    if (definition.kind !== 'assign' || definition.path.length > 0) return false;
    const { value } = definition;
    if (value.kind === 'call') return FRESH_CONTAINER.test(this.evaluator.calleeName(value) ?? '');
    return value.kind === 'mapping' || value.kind === 'sequence' || value.kind === 'comprehension';
  }

  private text(node: Expression): string {
    return this.bound.module.text.slice(node.start, node.end);
  }
}

/** `self.model` in a method is `service.model` to who calls `service.load()`. */
function seenFromOutside(kept: Kept, receiver: string, object: string | undefined): Kept {
  if (object === undefined || receiver === object) return kept;
  if (kept.text === receiver) return { ...kept, text: object };
  return kept.text.startsWith(`${receiver}.`) ? { ...kept, text: object + kept.text.slice(receiver.length) } : kept;
}

function assignedTargets(statement: Statement): readonly Expression[] {
  if (statement.kind === 'assign') return [...statement.targets, ...assignedBy(statement.value)];
  if (statement.kind === 'expression') return assignedBy(statement.expression);
  return statement.kind === 'return' ? assignedBy(statement.value) : [];
}

/** `return (model = await load())`, `first = second = load()`. */
function assignedBy(expression: Expression | undefined): readonly Expression[] {
  if (expression?.kind === 'await') return assignedBy(expression.value);
  return expression?.kind === 'assignment' ? [expression.target, ...assignedBy(expression.value)] : [];
}

/** The call that a statement consists of. */
function calledBy(statement: Statement): CallExpression | undefined {
  if (statement.kind !== 'expression') return undefined;
  const called = statement.expression.kind === 'await' ? statement.expression.value : statement.expression;
  return called.kind === 'call' ? called : undefined;
}
