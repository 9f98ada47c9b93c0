import type {
  AttributeExpression,
  Expression,
  NameExpression,
  SubscriptExpression,
  Target,
} from '../../ir/expression.ts';
import type { PatternPath } from './scope.ts';

/** One leaf of an assignment target: the name, attribute or element that receives a part of the value. */
export interface PatternLeaf {
  readonly target: NameExpression | AttributeExpression | SubscriptExpression;
  readonly path: PatternPath;
  /** Destructuring default, used when the part is undefined. */
  readonly fallback?: Expression;
}

/** Leaves of a target in source order, with the steps that lead from the whole value to each. */
export function patternLeaves(target: Target, path: PatternPath = [], fallback?: Expression): readonly PatternLeaf[] {
  switch (target.kind) {
    case 'name':
    case 'attribute':
    case 'subscript':
      return [{ target, path, ...(fallback ? { fallback } : {}) }];
    case 'sequence':
      return target.elements.flatMap((element, index) =>
        element.kind === 'spread'
          ? patternLeaves(element.value, [...path, { step: 'rest' }])
          : patternLeaves(element, [...path, index]),
      );
    case 'mapping':
      return target.entries.flatMap((entry) => {
        if (entry.isSpread || entry.key === undefined) return patternLeaves(entry.value, [...path, { step: 'rest' }]);
        return patternLeaves(entry.value, [...path, entry.key]);
      });
    case 'assignment':
      return patternLeaves(target.target, path, target.value);
    case 'spread':
      return patternLeaves(target.value, [...path, { step: 'rest' }]);
    default:
      return [];
  }
}
