import type { Expression, MappingExpression, Target } from '../../src/core/ir/expression.ts';
import type { Statement } from '../../src/core/ir/statement.ts';
import { walk } from '../../src/core/ir/walk.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';

/** `data` holds the pictures of a request for pictures. */
const ANSWERS = /^(choices|candidates|data)$/;
/** Facts about the request that do not depend on the number of answers that are read. */
const OTHERS = /^(id|model|created|usage|usageMetadata|_request_id|responseId|modelVersion)$/;

type Read = 'first' | 'fact' | 'other';

/** True when every use of the result that the file shows reads the first answer; a result that leaves the function may be read in full. */
export function readsOnlyFirst(call: Call, program: Program): boolean {
  const parent = program.parent(call.node);
  const value: Expression = parent?.kind === 'await' ? parent : call.node;
  if (readsFirst(value, program) === 'first') return true;
  if (parent?.kind === 'attribute' && parent.name === 'then') return continuesWithFirst(parent, program);
  const statement = program.statement(call.node);
  if (statement?.kind !== 'assign' || statement.value !== value) return false;
  const [target] = statement.targets;
  return target !== undefined && onlyFirstOf(target, call.place.function?.body ?? program.module.body, program);
}

/** `create(…).then((answer) => answer.choices[0])`. */
function continuesWithFirst(then: Expression, program: Program): boolean {
  const whole = program.parent(then);
  const [first] = whole?.kind === 'call' && whole.callee === then ? whole.args : [];
  if (first?.value.kind !== 'function') return false;
  const { parameters, body } = first.value.definition;
  const [answer] = parameters;
  return answer !== undefined && onlyFirstOf(answer.target, body, program);
}

function onlyFirstOf(target: Target, body: readonly Statement[], program: Program): boolean {
  if (target.kind === 'name') return onlyFirst(target, body, (use) => readsFirst(use, program));
  return target.kind === 'mapping' && takesOnlyFirst(target, body, program);
}

/** `const { choices, usage } = …`, `const { choices: [first] } = …`. */
function takesOnlyFirst({ entries }: MappingExpression, body: readonly Statement[], program: Program): boolean {
  const lists = entries.filter(({ key }) => !OTHERS.test(key ?? ''));
  const [list] = lists;
  if (!list || lists.length > 1 || list.isSpread) return false;
  const { value } = list;
  if (list.key === 'text') return true;
  if (!ANSWERS.test(list.key ?? '')) return false;
  if (value.kind === 'sequence') return value.elements.length === 1 && value.elements[0]?.kind !== 'spread';
  if (value.kind !== 'name') return false;
  return onlyFirst(value, body, (use) => (isFirstElement(program.parent(use), use) ? 'first' : 'other'));
}

function onlyFirst(
  target: Expression & { readonly kind: 'name' },
  body: readonly Statement[],
  read: (use: Expression) => Read,
): boolean {
  let count = 0;
  for (const { node } of walk(body)) {
    if (node.kind !== 'name' || node.name !== target.name || node === target) continue;
    const use = read(node);
    if (use === 'other') return false;
    if (use === 'first') count++;
  }
  return count > 0;
}

function readsFirst(result: Expression, program: Program): Read {
  const field = program.parent(result);
  if (field?.kind !== 'attribute' || field.object !== result) return 'other';
  if (OTHERS.test(field.name)) return 'fact';
  // `response.text` of @google/genai is the text of the first candidate.
  if (field.name === 'text') return 'first';
  return ANSWERS.test(field.name) && isFirstElement(program.parent(field), field) ? 'first' : 'other';
}

function isFirstElement(element: Expression | Statement | undefined, list: Expression): boolean {
  if (element?.kind !== 'subscript' || element.object !== list) return false;
  const [index] = element.indices;
  return index?.kind === 'literal' && index.value === 0;
}
