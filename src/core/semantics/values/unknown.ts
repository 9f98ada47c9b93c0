import type { Value } from '../value.ts';

export const UNKNOWN_VALUE: Value = { kind: 'unknown' };
export const UNKNOWN_VALUES: readonly Value[] = [UNKNOWN_VALUE];
