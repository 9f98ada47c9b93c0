import type { Expression } from '../../src/core/ir/expression.ts';
import { walk } from '../../src/core/ir/walk.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';

const ANSWERS = /^(choices|candidates)$/;
/** Facts about the request that do not depend on the number of answers that are read. */
const OTHERS = /^(id|model|created|usage|usageMetadata|_request_id|responseId|modelVersion)$/;

/** True when every use of the result that the file shows reads the first answer; a result that leaves the function may be read in full. */
export function readsOnlyFirst(call: Call, program: Program): boolean {
  const parent = program.parent(call.node);
  const value: Expression = parent?.kind === 'await' ? parent : call.node;
  if (readsFirst(value, program) === 'first') return true;
  const statement = program.statement(call.node);
  const [target] = statement?.kind === 'assign' ? statement.targets : [];
  if (statement?.kind !== 'assign' || statement.value !== value || target?.kind !== 'name') return false;
  const owner = call.place.function;
  let count = 0;
  for (const { node } of walk(owner ? owner.body : program.module.body)) {
    if (node.kind !== 'name' || node.name !== target.name || node === target) continue;
    const use = readsFirst(node, program);
    if (use === 'other') return false;
    if (use === 'first') count++;
  }
  return count > 0;
}

function readsFirst(result: Expression, program: Program): 'first' | 'fact' | 'other' {
  const field = program.parent(result);
  if (field?.kind !== 'attribute' || field.object !== result) return 'other';
  if (OTHERS.test(field.name)) return 'fact';
  // `response.text` of @google/genai is the text of the first candidate.
  if (field.name === 'text') return 'first';
  const element = ANSWERS.test(field.name) ? program.parent(field) : undefined;
  if (element?.kind !== 'subscript' || element.object !== field) return 'other';
  const [index] = element.indices;
  return index?.kind === 'literal' && index.value === 0 ? 'first' : 'other';
}
