import { childExpressions } from '../ir/children.ts';
import type { Expression, Target } from '../ir/expression.ts';
import type { SourceModule } from '../ir/sourceModule.ts';
import type { ImportStatement, Statement } from '../ir/statement.ts';
import { definitionOf, type IrNode, walk } from '../ir/walk.ts';

/**
 * True when anything in the module, at any depth, gives the name a meaning: an import of that name would change it or be
 * hidden by it. Import statements for which `isSame` holds do not count.
 */
export function bindsName(
  module: SourceModule,
  name: string,
  isSame: (statement: ImportStatement) => boolean,
): boolean {
  for (const item of walk(statementsNaming(module, name))) {
    if (bindings(item).some((target) => targetBinds(target, name))) return true;
    const definition = definitionOf(item);
    if (definition?.name === name) return true;
    if (definition && 'parameters' in definition && definition.parameters.some((p) => targetBinds(p.target, name))) {
      return true;
    }
    if (item.node.kind !== 'import' || isSame(item.node)) continue;
    if (item.node.names.some((imported) => imported.local === name)) return true;
  }
  return false;
}

/**
 * Top-level statements in which the name stands by itself, or that import something: what only reads members (`torch.nn`) binds
 * nothing. A text with other spellings of names (escapes, other alphabets) is looked at as a whole.
 */
function statementsNaming({ text, body }: SourceModule, name: string): readonly Statement[] {
  if (!/^\w+$/.test(name) || /[\u0080-\uFFFF]|\\u/.test(text)) return body;
  const mention = new RegExp(`\\b(?:import|${name}(?!\\w|\\s*\\.))`, 'g');
  let next = -1;
  return body.filter(({ start, end }) => {
    if (next < start) {
      mention.lastIndex = start;
      next = mention.exec(text)?.index ?? text.length;
    }
    return next < end;
  });
}

function bindings({ node }: IrNode): readonly Target[] {
  switch (node.kind) {
    case 'assign':
      return node.targets;
    case 'assignment':
      return [node.target];
    case 'for':
      return node.target ? [node.target] : [];
    case 'with':
      return node.items.flatMap((item) => item.target ?? []);
    case 'try':
      return node.handlers.flatMap((handler) => handler.target ?? []);
    case 'comprehension':
      return node.clauses.map((clause) => clause.target);
    default:
      return [];
  }
}

/** Patterns bind the names inside them; `a.b = …` and `a[b] = …` bind nothing. */
function targetBinds(target: Expression, name: string): boolean {
  if (target.kind === 'name') return target.name === name;
  if (target.kind === 'attribute' || target.kind === 'subscript') return false;
  if (target.kind === 'assignment') return targetBinds(target.target, name);
  if (target.kind === 'mapping') return target.entries.some((entry) => targetBinds(entry.value, name));
  return childExpressions(target).some((part) => targetBinds(part, name));
}
