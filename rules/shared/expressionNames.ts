import { childExpressions } from '../../src/core/ir/children.ts';
import type { FunctionDefinition } from '../../src/core/ir/definition.ts';
import type { Expression } from '../../src/core/ir/expression.ts';
import { walk, walkFrom } from '../../src/core/ir/walk.ts';

/** Names that an expression reads, in source order. */
export function readNames(expression: Expression): readonly string[] {
  const names: string[] = [];
  for (const { node } of walkFrom([{ kind: 'expression', node: expression }])) {
    if (node.kind === 'name') names.push(node.name);
  }
  return names;
}

/** Names that a function binds itself: parameters, assignments, loop targets, nested functions and imports. */
export function boundNames(definition: FunctionDefinition): ReadonlySet<string> {
  const targets: Expression[] = definition.parameters.map(({ target }) => target);
  const names = new Set<string>();
  for (const { node } of walk(definition.body)) {
    if (node.kind === 'assign') targets.push(...node.targets);
    else if (node.kind === 'assignment') targets.push(node.target);
    else if (node.kind === 'for' && node.target) targets.push(node.target);
    else if (node.kind === 'comprehension') targets.push(...node.clauses.map(({ target }) => target));
    else if (node.kind === 'with') targets.push(...node.items.flatMap(({ target }) => target ?? []));
    else if (node.kind === 'import') for (const { local } of node.names) names.add(local ?? '');
    else if ((node.kind === 'function' || node.kind === 'class') && node.definition.name)
      names.add(node.definition.name);
  }
  for (const target of targets) addTarget(target, names);
  return names;
}

/** Patterns bind the names inside them; `a.b = …` and `a[b] = …` bind nothing. */
function addTarget(target: Expression, names: Set<string>): void {
  if (target.kind === 'attribute' || target.kind === 'subscript') return;
  if (target.kind === 'name') names.add(target.name);
  else if (target.kind === 'mapping') for (const entry of target.entries) addTarget(entry.value, names);
  else if (target.kind === 'assignment') addTarget(target.target, names);
  else for (const part of childExpressions(target)) addTarget(part, names);
}
