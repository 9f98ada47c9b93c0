import type { Target } from '../../core/ir/expression.ts';
import type { Statement } from '../../core/ir/statement.ts';

/** Names that a declaration binds in its scope. */
export function boundNames(statement: Statement): readonly string[] {
  switch (statement.kind) {
    case 'assign':
      return statement.targets.flatMap(targetNames);
    case 'function':
    case 'class':
      return statement.definition.name === undefined ? [] : [statement.definition.name];
    default:
      return [];
  }
}

function targetNames(target: Target): readonly string[] {
  switch (target.kind) {
    case 'name':
      return [target.name];
    case 'sequence':
      return target.elements.flatMap(targetNames);
    case 'mapping':
      return target.entries.flatMap((entry) => targetNames(entry.value));
    case 'assignment':
      return targetNames(target.target);
    case 'spread':
      return targetNames(target.value);
    default:
      return [];
  }
}
