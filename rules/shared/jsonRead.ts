import type { Expression } from '../../src/core/ir/expression.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';

const LOADS = /^globalThis\.(require|import)$/;
const READS_JSON = /^fs-extra(\.default)?\.(readJson|readJSON)(Sync)?$/;
/** Steps between a file's bytes and its text. */
const TEXT = /^(toString|text|trim|json)$/;
const MOST_STEPS = 5;

/** Path of the file whose content a call gives as values: `JSON.parse(readFileSync(p))`, `(await fetch(p)).json()`, `require(p)`. */
export function jsonPath(call: Call, program: Program): Expression | undefined {
  const { callee, args } = call.node;
  const [first] = args;
  const name = program.qualifiedName(callee) ?? call.name ?? '';
  if (LOADS.test(name) || READS_JSON.test(name)) return first?.value;
  if (name === 'globalThis.JSON.parse') return first && textPath(first.value, program);
  return callee.kind === 'attribute' && callee.name === 'json' ? textPath(callee.object, program) : undefined;
}

/** First argument of the call that an expression's text comes from. */
function textPath(expression: Expression, program: Program): Expression | undefined {
  let current = expression;
  for (let step = 0; step < MOST_STEPS; step++) {
    const made = program.origin(current);
    if (!made) return undefined;
    const { callee, args } = made.node;
    const [first] = args;
    if (callee.kind === 'attribute' && TEXT.test(callee.name)) current = callee.object;
    else if (first && program.qualifiedName(callee) === 'globalThis.String') current = first.value;
    else return first?.value;
  }
  return undefined;
}
