import type { ClassDefinition } from '../../ir/definition.ts';
import type { CallExpression, Expression } from '../../ir/expression.ts';
import type { Evaluator } from '../evaluator.ts';

/** Decorators and wrappers that keep a function's result between calls. */
const MEMOISERS =
  /^(functools\.(lru_cache|cache|cached_property)|cachetools\.(cached|cachedmethod|func\.\w+)|cached_property\.cached_property|django\.utils\.functional\.cached_property|joblib\.Memory\.cache|diskcache\.\w+\.memoize|streamlit\.(cache|cache_resource|cache_data|experimental_singleton|experimental_memo)|async_lru\.alru_cache|aiocache\.cached|react\.(default\.)?(useMemo|useState|useRef|cache)|next\/cache\.unstable_cache|(lodash|underscore|lodash-es)(\.default)?\.(once|memoize)|lodash[./]once(\.default)?|memoizee(\.default)?|p-memoize\.default|once(\.default)?|modal\.enter|builtins\.property\.cached)$/;
/** Without a list of dependencies React runs the function in every render. */
const NEEDS_DEPENDENCIES = /^react\.(default\.)?useMemo$/;

/** True when a decorator or callee keeps what the function gives that it gets. */
export function isMemoiser(expression: Expression, evaluator: Evaluator): boolean {
  const call = expression.kind === 'call' ? expression : undefined;
  const name = memoiserName(call?.callee ?? expression, evaluator);
  return name !== undefined && MEMOISERS.test(name) && !(call && keepsNothing(call));
}

/** True when a call of a memoiser keeps what the function gives that it is handed. */
export function memoisesArgument(call: CallExpression, evaluator: Evaluator): boolean {
  const name = memoiserName(call.callee, evaluator);
  if (name === undefined || !isMemoiser(call.callee, evaluator)) return false;
  return !NEEDS_DEPENDENCIES.test(name) || call.args.length > 1;
}

function memoiserName(callee: Expression, evaluator: Evaluator): string | undefined {
  return evaluator.qualifiedName(callee) ?? (callee.kind === 'attribute' ? methodName(callee, evaluator) : undefined);
}

function methodName(callee: Expression, evaluator: Evaluator): string | undefined {
  const [value] = evaluator.values(callee);
  return value?.kind === 'symbol' ? value.name : undefined;
}

/** `lru_cache(maxsize=0)` */
function keepsNothing({ args }: CallExpression): boolean {
  return args.some(
    ({ name, value }, index) =>
      (name === 'maxsize' || (name === undefined && index === 0)) && value.kind === 'literal' && value.value === 0,
  );
}

/** `@singleton class Model` and `class Model(metaclass=SingletonMeta)`: the author says that there is one. */
export function isSingleton({ decorators, keywords }: ClassDefinition): boolean {
  return [...decorators.map(({ expression }) => expression), ...keywords.map(({ value }) => value)].some(
    (expression) => {
      const named = expression.kind === 'call' ? expression.callee : expression;
      return (named.kind === 'name' || named.kind === 'attribute') && /singleton/i.test(named.name);
    },
  );
}
