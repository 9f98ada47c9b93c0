import type { Expression, NameExpression } from '../../ir/expression.ts';

/** One part of a Python `case` pattern: a name that it captures, or an expression that the subject is compared with. */
export type CasePart =
  | { readonly kind: 'capture'; readonly name: NameExpression }
  | { readonly kind: 'compared'; readonly expression: Expression };

/** Parts in source order. `_` captures nothing. */
export function caseParts(pattern: Expression): readonly CasePart[] {
  switch (pattern.kind) {
    case 'name':
      return pattern.name === '_' ? [] : [{ kind: 'capture', name: pattern }];
    case 'sequence':
      return pattern.elements.flatMap(caseParts);
    case 'spread':
      return caseParts(pattern.value);
    case 'mapping':
      return pattern.entries.flatMap(({ keyExpression, value }) => [
        ...(keyExpression ? [compared(keyExpression)] : []),
        ...caseParts(value),
      ]);
    case 'opaque':
      return pattern.children.flatMap(caseParts);
    case 'operation': {
      const [first, ...others] = pattern.operands;
      if (pattern.operator !== 'case' || !first) return [compared(pattern)];
      return [compared(first), ...others.flatMap(caseParts)];
    }
    default:
      return [compared(pattern)];
  }
}

function compared(expression: Expression): CasePart {
  return { kind: 'compared', expression };
}
