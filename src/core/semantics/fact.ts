/**
 * The three answers of the program model. `absent`: the source proves that it is not there. `known`: the source proves
 * the value. `unknown`: it may or may not be there, or its value cannot be read from text; rules stay silent on it.
 */
export type Fact<T> =
  | { readonly kind: 'absent' }
  | { readonly kind: 'known'; readonly value: T }
  | { readonly kind: 'unknown' };

export const ABSENT: Fact<never> = { kind: 'absent' };
export const UNKNOWN: Fact<never> = { kind: 'unknown' };

export function known<T>(value: T): Fact<T> {
  return { kind: 'known', value };
}
