import type { SourceModule } from '../../src/core/ir/sourceModule.ts';
import type { AssignStatement } from '../../src/core/ir/statement.ts';
import { walk } from '../../src/core/ir/walk.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { type Enclosing, enclosing } from './enclosing.ts';

const STATE_SETTER = /^set[A-Z]/;

/** True when what a call gives is put where the next call finds it: a field, an outer variable, component state. */
export function outlivesCall(load: Call, program: Program): boolean {
  const around = enclosing(program.module, load.node);
  const statement = around.statements.at(-1);
  if (statement?.kind === 'assign' && assignsOutside(statement, around, program.module)) return true;
  if (
    statement &&
    /\.then\(\s*\(?\s*(set[A-Z]|\w+\)?\s*=>\s*[({]*\s*(set[A-Z]|\w+\s*=[^=]))/.test(program.text(statement))
  )
    return true;
  return program.uses(load).some(({ kind, call }) => {
    if (kind === 'stored') return true;
    const callee = kind === 'argument' ? call?.node.callee : undefined;
    return callee?.kind === 'name' && STATE_SETTER.test(callee.name);
  });
}

/** `model = …` without a declaration in the functions around it; in Python with `global` or `nonlocal`. */
function assignsOutside(statement: AssignStatement, { functions }: Enclosing, module: SourceModule): boolean {
  const [target] = statement.targets;
  if (target?.kind !== 'name' || functions.length === 0) return false;
  if (module.language !== 'python' && statement.declaration !== undefined) return false;
  const isDeclaredHere = functions.some((definition) => {
    for (const { node } of walk(definition.body)) {
      if (node.kind === 'scope' && node.names.includes(target.name)) return false;
      if (node.kind !== 'assign' || (module.language !== 'python' && node.declaration === undefined)) continue;
      if (node.targets.some((other) => other.kind === 'name' && other.name === target.name)) return true;
    }
    return false;
  });
  return !isDeclaredHere;
}
