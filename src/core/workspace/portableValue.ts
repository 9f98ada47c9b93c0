import type { Value } from '../semantics/value.ts';
import type { CallerValue } from './linkFacts.ts';

/** A value as it is in every file; what only its own file can speak of is unknown elsewhere. */
export function portableValue(value: Value): CallerValue {
  if (value.kind === 'constant') return { kind: 'constant', value: value.value };
  if (value.kind === 'symbol') return { kind: 'symbol', name: value.name };
  if (value.kind === 'instance') return { kind: 'instance', type: value.type };
  return value.kind === 'unknown' ? value : { kind: 'unknown' };
}

/** The other way: a constant stands in no place of this file. */
export function localValue(value: CallerValue): Value {
  return value.kind === 'constant'
    ? { ...value, node: { kind: 'literal', value: value.value, start: 0, end: 0 } }
    : value;
}
