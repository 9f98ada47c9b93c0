import type { Expression, NameExpression, Target } from '../../ir/expression.ts';
import type { Statement } from '../../ir/statement.ts';
import { bindExpression } from './bindExpression.ts';
import type { BindingWalk } from './bindingWalk.ts';
import { patternLeaves } from './patterns.ts';
import type { Binding, Definition, PatternPath } from './scope.ts';

export function augmentTarget(
  walk: BindingWalk,
  target: Target,
  value: Expression,
  operator: string,
  parent: Expression | Statement,
): void {
  bindExpression(walk, target, parent);
  if (target.kind !== 'name') {
    if (target.kind === 'attribute' || target.kind === 'subscript')
      walk.records.stores.push({ target, value, path: [], operator });
    return;
  }
  const binding = walk.lookup(target.name) ?? walk.bindingToWrite(target.name);
  walk.extend({ kind: 'augmented', value, operator, binding, span: target });
}

/** Visits a target: names are defined, attributes and elements are recorded as stores and their objects read. */
export function bindTarget(
  walk: BindingWalk,
  target: Target,
  parent: Expression | Statement,
  make: (path: PatternPath, binding: Binding, span: NameExpression, fallback: Expression | undefined) => Definition,
  value?: Expression,
): void {
  for (const leaf of patternLeaves(target)) {
    if (leaf.fallback) bindExpression(walk, leaf.fallback, parent);
    if (leaf.target.kind === 'name') {
      walk.note(leaf.target, parent);
      walk.define(make(leaf.path, walk.bindingToWrite(leaf.target.name), leaf.target, leaf.fallback));
      continue;
    }
    bindExpression(walk, leaf.target, parent);
    if (value) walk.records.stores.push({ target: leaf.target, value, path: leaf.path, operator: '=' });
  }
}
