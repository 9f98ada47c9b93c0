import type { CallExpression } from '../../ir/expression.ts';
import { enclosingClass } from '../context.ts';
import type { Evaluator } from '../evaluator.ts';
import type { Value } from '../value.ts';
import { memberValues } from './memberValues.ts';

/** What `getattr(torch, "load")`, `importlib.import_module("torch")` and `super()` denote; `undefined` for other calls. */
export function reflectedValues(evaluator: Evaluator, node: CallExpression): readonly Value[] | undefined {
  const { callee, args } = node;
  // Asked for every call: the spelling rules nearly all out before anything is evaluated.
  const name = callee.kind === 'name' || callee.kind === 'attribute' ? callee.name : '';
  if (name !== 'getattr' && name !== 'import_module' && name !== 'super') return undefined;
  const qualified = evaluator.qualifiedName(callee);
  const [first, second] = args;
  if (qualified === 'builtins.getattr' && first && second && args.length === 2) {
    const attribute = textOf(evaluator, second.value);
    if (attribute === undefined) return undefined;
    return evaluator.values(first.value).flatMap((value) => memberValues(evaluator, value, attribute));
  }
  if (qualified === 'importlib.import_module' && first && args.length === 1) {
    const module = textOf(evaluator, first.value);
    if (module === undefined || module.startsWith('.')) return undefined;
    return [evaluator.links?.module(module) ?? { kind: 'symbol', name: module, module }];
  }
  return qualified === 'builtins.super' && args.length === 0 ? superValues(evaluator, node) : undefined;
}

/** The first base of the class around the call, seen as the object's type. */
function superValues(evaluator: Evaluator, node: CallExpression): readonly Value[] | undefined {
  const info = evaluator.bound.infos.get(node);
  const owner = info && enclosingClass(info.context);
  const [base, ...others] = owner?.bases ?? [];
  if (!base || others.length > 0) return undefined;
  const values = evaluator.values(base).map((value): Value => {
    if (value.kind === 'symbol') return { kind: 'instance', type: value.name };
    if (value.kind === 'class') return { kind: 'object', definition: value.definition };
    return value.kind === 'externalClass' ? { ...value, kind: 'externalObject' } : { kind: 'unknown' };
  });
  return values.length > 0 ? values : undefined;
}

function textOf(evaluator: Evaluator, expression: CallExpression['args'][number]['value']): string | undefined {
  const values = evaluator.values(expression);
  const [value] = values;
  return values.length === 1 && value?.kind === 'constant' && typeof value.value === 'string' ? value.value : undefined;
}
