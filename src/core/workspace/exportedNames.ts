import type { Expression } from '../ir/expression.ts';
import type { Statement } from '../ir/statement.ts';
import type { BoundModule } from '../semantics/binding/boundModule.ts';
import type { Evaluator } from '../semantics/evaluator.ts';
import { moduleSpecifier } from '../semantics/moduleName.ts';
import type { Value } from '../semantics/value.ts';
import { definitionValues } from '../semantics/values/definitionValues.ts';

export interface ExportedName {
  readonly exported: string;
  readonly values: readonly Value[];
}

/** Names that importers of a module can ask for: every module-level name in Python, exports in TypeScript and JavaScript. */
export function exportedNames(bound: BoundModule, evaluator: Evaluator): readonly ExportedName[] {
  if (evaluator.isPython)
    return [...bound.moduleScope.bindings.keys()].map((name) => ({
      exported: name,
      values: localValues(name, bound, evaluator),
    }));
  return bound.module.body.flatMap((statement) => [
    ...esExports(statement, bound, evaluator),
    ...commonJsExports(statement, evaluator),
  ]);
}

function esExports(statement: Statement, bound: BoundModule, evaluator: Evaluator): readonly ExportedName[] {
  if (statement.kind !== 'export') return [];
  const { module } = statement;
  if (module !== undefined) {
    const distribution = moduleSpecifier(module).name;
    return statement.names
      .filter((name) => name.exported !== '*')
      .map((name) => ({
        exported: name.exported,
        // `export * as agents from './agents'`: the module itself.
        values: [{ kind: 'symbol', name: name.local === '*' ? distribution : `${distribution}.${name.local}`, module }],
      }));
  }
  return [
    ...(statement.value ? [{ exported: 'default', values: evaluator.values(statement.value) }] : []),
    ...statement.names.map((name) => ({ exported: name.exported, values: localValues(name.local, bound, evaluator) })),
  ];
}

/** `module.exports = …`, `module.exports.x = …`, `exports.x = …`. */
function commonJsExports(statement: Statement, evaluator: Evaluator): readonly ExportedName[] {
  const assignment = assignmentOf(statement);
  if (assignment?.target.kind !== 'attribute') return [];
  const { target, value } = assignment;
  if (isModuleExports(target)) {
    if (value.kind !== 'mapping') return [{ exported: 'default', values: evaluator.values(value) }];
    return value.entries.flatMap((entry) =>
      entry.key ? [{ exported: entry.key, values: evaluator.values(entry.value) }] : [],
    );
  }
  const isExports =
    (target.object.kind === 'name' && target.object.name === 'exports') || isModuleExports(target.object);
  return isExports ? [{ exported: target.name, values: evaluator.values(value) }] : [];
}

function isModuleExports(node: Expression): boolean {
  return (
    node.kind === 'attribute' && node.name === 'exports' && node.object.kind === 'name' && node.object.name === 'module'
  );
}

function assignmentOf(statement: Statement): { readonly target: Expression; readonly value: Expression } | undefined {
  if (statement.kind === 'assign') {
    const [target] = statement.targets;
    return target && statement.value ? { target, value: statement.value } : undefined;
  }
  return statement.kind === 'expression' && statement.expression.kind === 'assignment'
    ? statement.expression
    : undefined;
}

function localValues(name: string, bound: BoundModule, evaluator: Evaluator): readonly Value[] {
  const definitions = bound.moduleScope.bindings.get(name)?.definitions ?? [];
  return definitions.flatMap((definition) => definitionValues(evaluator, definition));
}
