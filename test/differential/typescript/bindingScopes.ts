import type { NameExpression } from '../../../src/core/ir/expression.ts';
import type { SourceModule } from '../../../src/core/ir/sourceModule.ts';
import { bindModule } from '../../../src/core/semantics/binding/bindModule.ts';
import { readFacts } from './oracleScopes.ts';

/** Names that the model does not read as variables: `undefined` is a constant there, `import()` has a name. */
const NO_VARIABLES: ReadonlySet<string> = new Set(['this', 'super', 'arguments', 'undefined', 'import']);

/** The same facts from the program model's binding; reads in declared names, which `constructor(readonly x)` makes, are left out. */
export function bindingScopes(module: SourceModule, declared: ReadonlySet<number>): readonly string[] {
  const groups = new Map<unknown, NameExpression[]>();
  for (const [node, { binding }] of bindModule(module).reads) {
    if (NO_VARIABLES.has(node.name) || declared.has(node.start)) continue;
    groups.set(binding, [...(groups.get(binding) ?? []), node]);
  }
  return [...groups].flatMap(([binding, reads]) =>
    readFacts(
      reads.map(({ start, end, name }) => ({ range: [start, end], name })),
      binding !== undefined,
    ),
  );
}
