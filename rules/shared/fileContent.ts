import type { Expression } from '../../src/core/ir/expression.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';

const LOADS = /^globalThis\.(require|import)$/;
const READS_JSON = /^fs-extra(\.default)?\.(readJson|readJSON)(Sync)?$/;
const READERS =
  /^((node:)?fs(\/promises)?|fs-extra)(\.default)?(\.promises)?\.readFile(Sync)?$|^globalThis\.(fetch|Bun\.file|Deno\.read(Text)?File(Sync)?)$/;
/** Steps between what a reader gives and the text or bytes. */
const STEPS = /^(toString|text|trim|json|arrayBuffer|bytes|buffer)$/;
const WRAPS = /^globalThis\.(String|Uint8Array|Buffer\.from)$/;
const MOST_STEPS = 5;

/** Path of the file whose content a call gives as values: `JSON.parse(readFileSync(p))`, `(await fetch(p)).json()`, `require(p)`. */
export function jsonPath(call: Call, program: Program): Expression | undefined {
  const { callee, args } = call.node;
  const [first] = args;
  const name = program.qualifiedName(callee) ?? call.name ?? '';
  if (LOADS.test(name) || READS_JSON.test(name)) return first?.value;
  const source =
    name === 'globalThis.JSON.parse'
      ? first?.value
      : callee.kind === 'attribute' && callee.name === 'json'
        ? callee.object
        : undefined;
  return source && contentSource(source, program)?.node.args[0]?.value;
}

/** Path of the file whose bytes or text an expression holds: `await (await fetch(p)).arrayBuffer()`, `readFileSync(p)`. */
export function contentPath(expression: Expression, program: Program): Expression | undefined {
  const source = contentSource(expression, program);
  return source && isFileRead(source) ? source.node.args[0]?.value : undefined;
}

/** True for a call that opens or reads the file or address in its first argument. */
export function isFileRead({ name = '' }: Call): boolean {
  return READERS.test(name);
}

/** The call that an expression's text or bytes come from. */
function contentSource(expression: Expression, program: Program): Call | undefined {
  let current = expression;
  for (let step = 0; step < MOST_STEPS; step++) {
    const made = program.origin(current);
    if (!made) return undefined;
    const { callee, args } = made.node;
    const [first] = args;
    const then = callee.kind === 'attribute' && callee.name === 'then' ? returned(first?.value) : undefined;
    if (then) current = then;
    else if (callee.kind === 'attribute' && STEPS.test(callee.name)) current = callee.object;
    else if (first && WRAPS.test(program.qualifiedName(callee) ?? '')) current = first.value;
    else return made;
  }
  return undefined;
}

/** What a callback gives, where that is all it does: `(answer) => answer.arrayBuffer()`. */
function returned(callback: Expression | undefined): Expression | undefined {
  const [only, ...others] = callback?.kind === 'function' ? callback.definition.body : [];
  return only?.kind === 'return' && others.length === 0 ? only.value : undefined;
}
