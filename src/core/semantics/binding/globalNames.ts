import type { Target } from '../../ir/expression.ts';
import type { Language } from '../../ir/sourceModule.ts';
import type { Statement } from '../../ir/statement.ts';
import { definitionOf, walkFrom } from '../../ir/walk.ts';
import { patternLeaves } from './patterns.ts';

/** Names of one top-level statement: those that it makes global or writes, and those that it declares anywhere inside. */
interface StatementNames {
  readonly written: ReadonlySet<string>;
  readonly declared: ReadonlySet<string>;
}

/**
 * Names that code inside functions binds to the module: Python's `global x`, and what JavaScript writes without any declaration of that
 * name in the file. They are known before the module is bound, since functions above can read them. A statement is looked at once.
 */
export class GlobalNames {
  private readonly known = new WeakMap<Statement, StatementNames>();

  of(body: readonly Statement[], language: Language): ReadonlySet<string> {
    const names = body.map((statement) => this.namesOf(statement, language));
    const declared = new Set(names.flatMap((one) => [...one.declared]));
    return new Set(names.flatMap(({ written }) => [...written].filter((name) => !declared.has(name))));
  }

  private namesOf(statement: Statement, language: Language): StatementNames {
    const known = this.known.get(statement);
    if (known) return known;
    const names = language === 'python' ? declaredGlobal(statement) : writtenNames(statement);
    this.known.set(statement, names);
    return names;
  }
}

function declaredGlobal(statement: Statement): StatementNames {
  const written = new Set<string>();
  for (const { node } of walkFrom([{ kind: 'statement', node: statement }])) {
    if (node.kind === 'scope' && node.declares === 'global') for (const name of node.names) written.add(name);
  }
  return { written, declared: new Set() };
}

function writtenNames(statement: Statement): StatementNames {
  const written = new Set<string>();
  const declared = new Set<string>();
  for (const item of walkFrom([{ kind: 'statement', node: statement }])) {
    const { node } = item;
    const definition = definitionOf(item);
    if (definition?.name !== undefined) declared.add(definition.name);
    if (definition && 'parameters' in definition)
      for (const { target } of definition.parameters) addNames(target, declared);
    if (node.kind === 'assignment') addNames(node.target, written);
    if (node.kind === 'assign')
      for (const target of node.targets) addNames(target, node.declaration === undefined ? written : declared);
    if (node.kind === 'import') for (const { local } of node.names) if (local !== undefined) declared.add(local);
    if (node.kind === 'for' && node.target) addNames(node.target, declared);
    if (node.kind === 'try') for (const { target } of node.handlers) if (target) addNames(target, declared);
  }
  return { written, declared };
}

function addNames(target: Target, names: Set<string>): void {
  for (const leaf of patternLeaves(target)) if (leaf.target.kind === 'name') names.add(leaf.target.name);
}
