import type { Expression, MappingExpression } from '../../ir/expression.ts';
import type { PatternPath } from '../binding/scope.ts';
import type { Evaluator } from '../evaluator.ts';
import type { Value } from '../value.ts';
import { memberValues } from './memberValues.ts';
import { UNKNOWN_VALUES } from './unknown.ts';

/** What a loop over the iterable gives in each turn. */
export function elementValues(evaluator: Evaluator, iterable: Expression): readonly Value[] {
  return evaluator.values(iterable).flatMap((value) => {
    if (value.kind !== 'collection' || value.node.kind !== 'sequence') return UNKNOWN_VALUES;
    if (value.node !== iterable && evaluator.mutations.mayChangeAny(iterable)) return UNKNOWN_VALUES;
    return value.node.elements.flatMap((element) =>
      element.kind === 'spread' ? UNKNOWN_VALUES : evaluator.values(element),
    );
  });
}

/** Follows a pattern path into values. */
export function partValues(evaluator: Evaluator, values: readonly Value[], path: PatternPath): readonly Value[] {
  let current = values;
  for (const step of path) {
    if (typeof step === 'object') return UNKNOWN_VALUES;
    current = current.flatMap((value) => stepValues(evaluator, value, step));
  }
  return current;
}

function stepValues(evaluator: Evaluator, value: Value, step: string | number): readonly Value[] {
  if (value.kind !== 'collection')
    return typeof step === 'string' ? memberValues(evaluator, value, step) : UNKNOWN_VALUES;
  const { node } = value;
  if (node.kind === 'mapping') return entryValues(evaluator, node, String(step));
  if (node.kind !== 'sequence' || typeof step !== 'number') return UNKNOWN_VALUES;
  if (node.elements.some((element) => element.kind === 'spread')) return UNKNOWN_VALUES;
  const element = node.elements.at(step);
  return element ? evaluator.values(element) : UNKNOWN_VALUES;
}

export function entryValues(evaluator: Evaluator, mapping: MappingExpression, key: string): readonly Value[] {
  const own = mapping.entries.findLast((entry) => entry.key === key);
  if (own) return evaluator.values(own.value);
  return UNKNOWN_VALUES;
}
