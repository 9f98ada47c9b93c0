import { childExpressions, nestedBodies } from '../ir/children.ts';
import type { ClassDefinition, FunctionDefinition } from '../ir/definition.ts';
import type { Expression } from '../ir/expression.ts';
import type { IfStatement, Statement } from '../ir/statement.ts';
import type { BoundModule } from './binding/boundModule.ts';
import { enclosingFunction, frames } from './context.ts';
import type { Evaluator } from './evaluator.ts';

/** Decorators and wrappers that keep a function's result between calls. */
const MEMOISERS =
  /^(functools\.(lru_cache|cache|cached_property)|cachetools\.(cached|cachedmethod|func\.\w+)|cached_property\.cached_property|django\.utils\.functional\.cached_property|joblib\.Memory\.cache|diskcache\.\w+\.memoize|streamlit\.(cache|cache_resource|cache_data|experimental_singleton|experimental_memo)|async_lru\.alru_cache|aiocache\.cached|react\.(default\.)?(useMemo|useState|useRef|cache|useCallback)|next\/cache\.unstable_cache|(lodash|underscore|lodash-es)(\.default)?\.(once|memoize)|lodash[./]once(\.default)?|memoizee(\.default)?|p-memoize\.default|once(\.default)?|modal\.enter|builtins\.property\.cached)$/;
/** Exceptions that mean "not there yet" when they guard a load. */
const MISSING_KEY = /\b(KeyError|AttributeError|NameError|LookupError|IndexError|UnboundLocalError)\b/;
const LASTING_ASSIGNMENT = /^(\?\?=|\|\|=)$/;

/** Recognises values that are kept between calls, so that loading them once is all that happens. */
export class Memoisation {
  private handedToMemoisers: ReadonlySet<FunctionDefinition> | undefined;
  private readonly kept = new Map<readonly Statement[], readonly string[]>();

  constructor(
    private readonly bound: BoundModule,
    private readonly evaluator: Evaluator,
  ) {}

  /** True when the function's result is kept: a caching decorator, or wrapped in `once(…)` and the like. */
  isMemoisedFunction(definition: FunctionDefinition): boolean {
    if (definition.decorators.some((decorator) => this.isMemoiser(decorator.expression))) return true;
    const context = this.bound.functionContexts.get(definition);
    const around = context?.parent?.frame;
    if (around?.kind === 'argument' && this.isMemoiser(around.call.callee)) return true;
    if (around?.kind === 'class' && isConstructor(definition) && isSingleton(around.definition)) return true;
    this.handedToMemoisers ??= this.findHandedToMemoisers();
    return this.handedToMemoisers.has(definition);
  }

  /** `get_model = st.cache_resource(load)`, `lru_cache(maxsize=1)(load)`: functions that a memoiser gets by name. */
  private findHandedToMemoisers(): ReadonlySet<FunctionDefinition> {
    const found = new Set<FunctionDefinition>();
    for (const call of this.bound.calls) {
      const [first] = call.args;
      if (first?.value.kind !== 'name' || !this.isMemoiser(call.callee)) continue;
      for (const value of this.evaluator.values(first.value))
        if (value.kind === 'function') found.add(value.definition);
    }
    return found;
  }

  /** True when what the expression produces is kept: guarded, assigned with `??=`, or inside a memoised function. */
  isMemoised(expression: Expression): boolean {
    const info = this.bound.infos.get(expression);
    if (!info) return false;
    if (this.isLastingAssignment(expression)) return true;
    for (const frame of frames(info.context)) {
      if (frame.kind === 'function' && this.isMemoisedFunction(frame.definition)) return true;
      if (frame.kind === 'if' && this.guards(frame.statement, frame.branch)) return true;
      if (frame.kind === 'choice' && this.isFallback(frame.expression, frame.test, frame.branch)) return true;
      if (frame.kind === 'try' && frame.part === 'handler' && this.isMissingKeyHandler(frame.statement.handlers))
        return true;
    }
    const owner = enclosingFunction(info.context);
    return owner !== undefined && this.returnsEarlierValue(owner, expression);
  }

  private isMemoiser(expression: Expression): boolean {
    const callee = expression.kind === 'call' ? expression.callee : expression;
    const name =
      this.evaluator.qualifiedName(callee) ?? (callee.kind === 'attribute' ? this.methodName(callee) : undefined);
    return name !== undefined && MEMOISERS.test(name);
  }

  private methodName(callee: Expression & { kind: 'attribute' }): string | undefined {
    const [value] = this.evaluator.values(callee);
    return value?.kind === 'symbol' ? value.name : undefined;
  }

  private isLastingAssignment(expression: Expression): boolean {
    let current: Expression = expression;
    for (;;) {
      const parent = this.bound.infos.get(current)?.parent;
      if (!parent) return false;
      if (parent.kind === 'assignment' && LASTING_ASSIGNMENT.test(parent.operator)) return true;
      if (parent.kind === 'assign') return LASTING_ASSIGNMENT.test(parent.operator);
      if (!isExpressionNode(parent) || parent.kind === 'function') return false;
      current = parent;
    }
  }

  /** `cached ?? load()`, `cache.get(k) || load()`, `load() if model is None else model`. */
  private isFallback(expression: Expression, test: Expression, branch: boolean): boolean {
    if (expression.kind === 'logical')
      return expression.operator !== 'and' && test.kind !== 'literal' && !this.readsEnvironment(test);
    if (expression.kind !== 'conditional') return false;
    const other = branch ? expression.alternate : expression.consequent;
    return mentions(test, this.text(other), this.textOf);
  }

  private readsEnvironment(test: Expression): boolean {
    return /process\.env|os\.(environ|getenv)/.test(this.text(test));
  }

  /** An `if` whose test asks for something that its body then keeps beyond the function. */
  private guards(statement: IfStatement, branch: boolean): boolean {
    const body = branch ? statement.consequent : statement.alternate;
    const asked = namesLookedUp(statement.test, this.textOf);
    return this.keptBy(body).some((kept) => mentions(statement.test, kept, this.textOf) || asked.includes(kept));
  }

  private isMissingKeyHandler(handlers: readonly { readonly type?: Expression }[]): boolean {
    return handlers.some((handler) => handler.type !== undefined && MISSING_KEY.test(this.text(handler.type)));
  }

  /** `if (cached) return cached; … cached = load();`: an earlier return of what is assigned later. */
  private returnsEarlierValue(owner: FunctionDefinition, expression: Expression): boolean {
    const kept = this.keptBy(owner.body);
    if (kept.length === 0) return false;
    return owner.body.some(
      (statement) =>
        statement.kind === 'if' &&
        statement.end <= expression.start &&
        leaves(statement.consequent) &&
        kept.some((target) => mentions(statement.test, target, this.textOf)),
    );
  }

  /** Source texts of what a body assigns and that outlives it, with the containers and local names that lead there. */
  private keptBy(body: readonly Statement[]): readonly string[] {
    const cached = this.kept.get(body);
    if (cached) return cached;
    const found = this.collectKept(body);
    this.kept.set(body, found);
    return found;
  }

  private collectKept(body: readonly Statement[]): readonly string[] {
    const kept: string[] = [];
    const locals: string[] = [];
    let outlives = false;
    const visit = (statements: readonly Statement[]): void => {
      for (const statement of statements) {
        for (const target of assignedTargets(statement)) {
          if (target.kind === 'name') {
            if (this.isOuter(target)) kept.push(target.name);
            else locals.push(target.name);
            outlives ||= this.isOuter(target);
          } else if (target.kind === 'attribute' || target.kind === 'subscript') {
            kept.push(this.text(target), this.text(target.object));
            outlives = true;
          }
        }
        const stored = this.storingCall(statement);
        if (stored) {
          kept.push(stored);
          outlives = true;
        }
        for (const nested of nestedBodies(statement)) visit(nested);
      }
    };
    visit(body);
    return outlives ? [...kept, ...locals] : kept;
  }

  /** `cache.set(key, model)`, `models.put(…)`: the container's text. */
  private storingCall(statement: Statement): string | undefined {
    if (statement.kind !== 'expression') return undefined;
    const call = statement.expression.kind === 'await' ? statement.expression.value : statement.expression;
    if (call.kind !== 'call' || call.callee.kind !== 'attribute' || call.args.length < 2) return undefined;
    return /^(set|put|setdefault|store)$/.test(call.callee.name) ? this.text(call.callee.object) : undefined;
  }

  private isOuter(target: Expression & { kind: 'name' }): boolean {
    const info = this.bound.infos.get(target);
    const binding = info?.scope.lookup(target.name);
    return binding !== undefined && info !== undefined && binding.scope.owner !== info.scope.owner;
  }

  private text(node: Expression): string {
    return this.bound.module.text.slice(node.start, node.end);
  }

  private readonly textOf = (node: Expression): string => this.text(node);
}

function assignedTargets(statement: Statement): readonly Expression[] {
  if (statement.kind === 'assign') return statement.targets;
  if (statement.kind === 'expression' && statement.expression.kind === 'assignment')
    return [statement.expression.target];
  return [];
}

/** `"model" not in globals()`: the names that a test asks a name space for. */
function namesLookedUp(test: Expression, textOf: (node: Expression) => string): readonly string[] {
  if (test.kind !== 'operation' || !/\bin\b/.test(test.operator))
    return childExpressions(test).flatMap((child) => namesLookedUp(child, textOf));
  const [key, space] = test.operands;
  const isNameSpace = space !== undefined && /^(globals|locals|vars)\(/.test(textOf(space));
  return isNameSpace && key?.kind === 'literal' && typeof key.value === 'string' ? [key.value] : [];
}

function isConstructor({ name }: FunctionDefinition): boolean {
  return name === '__init__' || name === 'constructor';
}

/** `@singleton class Model` and `class Model(metaclass=SingletonMeta)`: the author says that there is one. */
function isSingleton({ decorators, keywords }: ClassDefinition): boolean {
  return [...decorators.map(({ expression }) => expression), ...keywords.map(({ value }) => value)].some(
    (expression) => {
      const named = expression.kind === 'call' ? expression.callee : expression;
      return (named.kind === 'name' || named.kind === 'attribute') && /singleton/i.test(named.name);
    },
  );
}

function leaves(body: readonly Statement[]): boolean {
  const last = body.at(-1);
  return last?.kind === 'return' || last?.kind === 'raise';
}

function mentions(test: Expression, text: string, textOf: (node: Expression) => string): boolean {
  if (text === '') return false;
  if (
    (test.kind === 'name' || test.kind === 'attribute' || test.kind === 'subscript' || test.kind === 'call') &&
    textOf(test) === text
  )
    return true;
  return childExpressions(test).some((child) => mentions(child, text, textOf));
}

function isExpressionNode(node: Expression | Statement): node is Expression {
  return 'kind' in node && EXPRESSION_KINDS.has(node.kind);
}

const EXPRESSION_KINDS: ReadonlySet<string> = new Set([
  'name',
  'attribute',
  'subscript',
  'call',
  'literal',
  'template',
  'sequence',
  'mapping',
  'conditional',
  'logical',
  'operation',
  'await',
  'yield',
  'assignment',
  'comprehension',
  'spread',
]);
