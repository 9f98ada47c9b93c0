import type { FunctionDefinition } from '../../src/core/ir/definition.ts';
import type { Expression } from '../../src/core/ir/expression.ts';
import { walk } from '../../src/core/ir/walk.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { makesTensor, useOf } from '../shared/tensorValue.ts';

/** Calls whose tensor nothing can dispose of: read or computed with in place, or held by a variable that only such uses name. */
export function leakedTensors(owner: FunctionDefinition, program: Program): readonly Call[] {
  return program.calls.filter(
    (call) => call.place.function === owner && makesTensor(call, program) && isLeaked(call, owner, program),
  );
}

function isLeaked(call: Call, owner: FunctionDefinition, program: Program): boolean {
  const awaited = program.parent(call.node);
  const value: Expression = awaited?.kind === 'await' ? awaited : call.node;
  const use = useOf(value, program);
  if (use === 'read' || use === 'computed') return true;
  const statement = program.statement(call.node);
  const [target] = statement?.kind === 'assign' ? statement.targets : [];
  if (statement?.kind !== 'assign' || statement.declaration !== 'const' || statement.value !== value) return false;
  return target?.kind === 'name' && isOnlyRead(target, owner, program);
}

/** Every mention of the variable reads it or computes with it; at least one does. */
function isOnlyRead(
  target: Expression & { readonly kind: 'name' },
  owner: FunctionDefinition,
  program: Program,
): boolean {
  let count = 0;
  for (const { node } of walk(owner.body)) {
    if (node.kind !== 'name' || node.name !== target.name || node === target) continue;
    const use = useOf(node, program);
    if (use === 'other') return false;
    if (use !== 'shape') count++;
  }
  return count > 0;
}
