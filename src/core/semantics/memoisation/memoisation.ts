import type { FunctionDefinition } from '../../ir/definition.ts';
import type { CallExpression, Expression } from '../../ir/expression.ts';
import type { IfStatement, Statement } from '../../ir/statement.ts';
import type { BoundModule } from '../binding/boundModule.ts';
import { enclosingFunction, frames } from '../context.ts';
import type { Evaluator } from '../evaluator.ts';
import { asksFor, type Kept } from './guardTests.ts';
import { KeptTargets } from './keptTargets.ts';
import { isMemoiser, isSingleton, memoisesArgument } from './memoisers.ts';

/** Exceptions that mean "not there yet" when they guard a load. */
const MISSING_KEY = /\b(KeyError|AttributeError|NameError|LookupError|IndexError|UnboundLocalError)\b/;
const LASTING_ASSIGNMENT = /^(\?\?=|\|\|=)$/;

/** Recognises values that are kept between calls, so that loading them once is all that happens. */
export class Memoisation {
  private handedToMemoisers: ReadonlySet<FunctionDefinition> | undefined;
  private readonly kept: KeptTargets;

  constructor(
    private readonly bound: BoundModule,
    private readonly evaluator: Evaluator,
  ) {
    this.kept = new KeptTargets(bound, evaluator);
  }

  /** True when the function's result is kept: a caching decorator, or wrapped in `once(…)` and the like. */
  isMemoisedFunction(definition: FunctionDefinition): boolean {
    if (definition.decorators.some((decorator) => isMemoiser(decorator.expression, this.evaluator))) return true;
    const context = this.bound.functionContexts.get(definition);
    const around = context?.parent?.frame;
    if (around?.kind === 'argument' && memoisesArgument(around.call, this.evaluator)) return true;
    if (around?.kind === 'class' && isConstructor(definition) && isSingleton(around.definition)) return true;
    this.handedToMemoisers ??= this.findHandedToMemoisers();
    return this.handedToMemoisers.has(definition);
  }

  /** `get_model = st.cache_resource(load)`, `lru_cache(maxsize=1)(load)`: functions that a memoiser gets by name. */
  private findHandedToMemoisers(): ReadonlySet<FunctionDefinition> {
    const found = new Set<FunctionDefinition>();
    for (const call of this.bound.calls) {
      const [first] = call.args;
      if (first?.value.kind !== 'name' || !isMemoiser(call.callee, this.evaluator)) continue;
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
      if (frame.kind === 'if' && this.guards(frame.statement, frame.branch, expression)) return true;
      if (frame.kind === 'choice' && this.isFallback(frame.expression, frame.test, frame.branch)) return true;
      if (frame.kind === 'try' && frame.part === 'handler' && this.isMissingKeyHandler(frame.statement.handlers))
        return true;
    }
    const owner = enclosingFunction(info.context);
    return owner !== undefined && this.returnsEarlierValue(owner, expression);
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
    return asksFor(test, { text: this.text(other) }, this.textOf);
  }

  private readsEnvironment(test: Expression): boolean {
    return /process\.env|os\.(environ|getenv)/.test(this.text(test));
  }

  /** An `if` whose test asks for something that its body then keeps beyond the function. */
  private guards({ test, consequent, alternate }: IfStatement, branch: boolean, expression: Expression): boolean {
    const kept = this.kept.of(branch ? consequent : alternate);
    return this.asksForAny(test, kept) || (expression.kind === 'call' && this.mayKeep(expression, test));
  }

  /** `if service.model is None: service.load()`, where `load` is code that nobody here can look into. */
  private mayKeep(call: CallExpression, test: Expression): boolean {
    const { callee } = call;
    if (callee.kind !== 'attribute' || this.evaluator.calledFunctions(call).length > 0) return false;
    const isUnknown = this.evaluator
      .values(callee)
      .some(({ kind }) => kind === 'unknown' || kind === 'externalFunction');
    return isUnknown && asksFor(test, { text: this.text(callee.object) }, this.textOf);
  }

  private asksForAny(test: Expression, kept: readonly Kept[]): boolean {
    return kept.some((item) => asksFor(test, item, this.textOf));
  }

  private isMissingKeyHandler(handlers: readonly { readonly type?: Expression }[]): boolean {
    return handlers.some((handler) => handler.type !== undefined && MISSING_KEY.test(this.text(handler.type)));
  }

  /** `if (cached) return cached; … cached = load();`: an earlier return of what is assigned later. */
  private returnsEarlierValue(owner: FunctionDefinition, expression: Expression): boolean {
    const kept = this.kept.of(owner.body);
    if (kept.length === 0) return false;
    return owner.body.some(
      (statement) =>
        statement.kind === 'if' &&
        statement.end <= expression.start &&
        leaves(statement.consequent) &&
        this.asksForAny(statement.test, kept),
    );
  }

  private text(node: Expression): string {
    return this.bound.module.text.slice(node.start, node.end);
  }

  private readonly textOf = (node: Expression): string => this.text(node);
}

function isConstructor({ name }: FunctionDefinition): boolean {
  return name === '__init__' || name === 'constructor';
}

function leaves(body: readonly Statement[]): boolean {
  const last = body.at(-1);
  return last?.kind === 'return' || last?.kind === 'raise';
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
