import type { FunctionDefinition } from '../../ir/definition.ts';
import type { CallExpression } from '../../ir/expression.ts';
import type { Evaluator } from '../evaluator.ts';
import { moduleSpecifier } from '../moduleName.ts';
import type { Value } from '../value.ts';
import { NothingAtEnd } from './nothing.ts';
import { reflectedValues } from './reflectedValues.ts';
import { UNKNOWN_VALUES } from './unknown.ts';

export function callValues(evaluator: Evaluator, node: CallExpression): readonly Value[] {
  const module = loadedModule(evaluator, node);
  if (module) return [module];
  const reflected = evaluator.isPython ? reflectedValues(evaluator, node) : undefined;
  if (reflected) return reflected;
  return evaluator.values(node.callee).flatMap((value) => resultValues(evaluator, value, node));
}

/** `require('m')` and `import('m')` denote the module. */
function loadedModule(evaluator: Evaluator, node: CallExpression): Value | undefined {
  if (evaluator.bound.module.language === 'python' || node.callee.kind !== 'name') return undefined;
  if (node.callee.name !== 'require' && node.callee.name !== 'import') return undefined;
  const [argument] = node.args;
  const value = argument && evaluator.values(argument.value)[0];
  if (value?.kind !== 'constant' || typeof value.value !== 'string') return undefined;
  return (
    evaluator.links?.module(value.value) ?? {
      kind: 'symbol',
      name: moduleSpecifier(value.value).name,
      module: value.value,
    }
  );
}

function resultValues(evaluator: Evaluator, callee: Value, node: CallExpression): readonly Value[] {
  if (callee.kind === 'function') return returnedValues(evaluator, callee.definition);
  if (callee.kind === 'class') return [{ kind: 'object', definition: callee.definition, call: node }];
  if (callee.kind === 'externalFunction') return evaluator.links?.returned(callee) ?? UNKNOWN_VALUES;
  if (callee.kind === 'externalClass') return [{ ...callee, kind: 'externalObject' }];
  const name = evaluator.callableName(callee);
  if (name === undefined) return UNKNOWN_VALUES;
  const settled = name === 'globalThis.Promise.all' ? node.args[0]?.value : undefined;
  if (settled) return evaluator.values(settled);
  const entry = evaluator.apis.lookup(name);
  if (entry?.returns === 'self' && node.callee.kind === 'attribute') return evaluator.values(node.callee.object);
  if (entry?.returns) return [{ kind: 'instance', type: entry.returns, call: node }];
  const module = callee.kind === 'symbol' ? callee.module : undefined;
  return [{ kind: 'instance', type: resultType(name), call: node, ...(module === undefined ? {} : { module }) }];
}

function returnedValues(evaluator: Evaluator, definition: FunctionDefinition): readonly Value[] {
  return evaluator.fixpoint.ofCall(definition, () => {
    if (!isPlain(evaluator, definition)) return UNKNOWN_VALUES;
    const returns = evaluator.bound.returns.get(definition) ?? [];
    const values = returns.flatMap((value) => evaluator.values(value));
    return evaluator.bound.fallsThrough.has(definition) ? [...values, nothing(definition)] : values;
  });
}

/** Decorators that hand on what the function returns. */
const TRANSPARENT_DECORATORS =
  /^(functools\.(lru_cache|cache|cached_property|wraps)|builtins\.(staticmethod|classmethod|property)|streamlit\.(cache|cache_resource|cache_data|experimental_singleton|experimental_memo)|torch\.(no_grad|inference_mode|jit\.ignore)|typing\.(override|final)|abc\.abstractmethod|cachetools\.cached|async_lru\.alru_cache)$/;

/** A call gives what `return` gives: no generator, no decorator that may replace the result. */
function isPlain(evaluator: Evaluator, definition: FunctionDefinition): boolean {
  if (evaluator.bound.generators.has(definition)) return false;
  return definition.decorators.every(({ expression }) => {
    const name = evaluator.qualifiedName(expression.kind === 'call' ? expression.callee : expression);
    return name !== undefined && TRANSPARENT_DECORATORS.test(name);
  });
}

/** None or undefined, of a function that can end without `return`. */
function nothing({ bodySpan }: FunctionDefinition): Value {
  return { kind: 'constant', value: null, node: new NothingAtEnd(bodySpan) };
}

function resultType(callee: string): string {
  const last = callee.slice(callee.lastIndexOf('.') + 1);
  return /^[A-Z]/.test(last) ? callee : `${callee}()`;
}
