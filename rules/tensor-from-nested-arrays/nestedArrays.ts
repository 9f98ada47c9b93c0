import type { FunctionDefinition } from '../../src/core/ir/definition.ts';
import type { CallExpression, Expression } from '../../src/core/ir/expression.ts';
import type { Program } from '../../src/core/semantics/program.ts';
import { contains } from '../../src/core/text/span.ts';
import { writtenSource } from '../shared/writtenSource.ts';

const MOST_DEPTH = 6;
const MAKES = /^(map|from)$/;
/** The elements stay what they are. */
const KEEPS = /^(slice|filter|reverse|toReversed|sort|toSorted|concat)$/;
const UNKNOWN_SIZE = Number.NaN;

/** Arrays that loops and callbacks build inside each other. */
export interface Built {
  /** 2 for `rows.map((row) => row.map(…))`. */
  readonly levels: number;
  /** Arrays inside each other, written ones such as `[red, green, blue]` among them. */
  readonly rank: number;
  /** What is in them all; not a number where the text does not tell. */
  readonly size: number;
  /** What is in them are numbers, not arrays of the caller's. */
  readonly holdsNumbers: boolean;
}

const NOT_BUILT: Built = { levels: 0, rank: 0, size: 1, holdsNumbers: false };

/** What builds the array that an expression holds: `map`, `Array.from` and `fill` inside each other, or `push` in loops. */
export function builtArrays(expression: Expression, program: Program, depth = 0): Built {
  if (depth > MOST_DEPTH) return NOT_BUILT;
  const source = writtenSource(expression, program);
  if (source.kind === 'sequence') {
    const [first] = source.elements;
    if (!first) return pushed(expression, program, depth);
    const inner = builtArrays(first, program, depth + 1);
    return { ...inner, rank: inner.rank + 1, size: source.elements.length * inner.size };
  }
  if (source.kind === 'call') return byCall(source, program, depth);
  return { ...NOT_BUILT, holdsNumbers: source.kind === 'literal' || source.kind === 'operation' };
}

function byCall(call: CallExpression, program: Program, depth: number): Built {
  const { callee, args } = call;
  if (callee.kind !== 'attribute') return NOT_BUILT;
  const [first, second] = args;
  if (KEEPS.test(callee.name)) return { ...builtArrays(callee.object, program, depth + 1), size: UNKNOWN_SIZE };
  const length = lengthOf(callee.name === 'from' ? first?.value : callee.object, program);
  if (callee.name === 'fill') return around(first?.value, length, program, depth);
  if (!MAKES.test(callee.name)) return NOT_BUILT;
  const maker = callee.name === 'from' ? second?.value : first?.value;
  return around(maker?.kind === 'function' ? resultOf(maker.definition) : undefined, length, program, depth);
}

/** Arrays that a variable which begins as `[]` is given in loops. */
function pushed(list: Expression, program: Program, depth: number): Built {
  if (list.kind !== 'name') return NOT_BUILT;
  const scope = program.place(list).function?.bodySpan;
  const pushes = program.calls.filter(
    ({ node: { callee }, node, place }) =>
      callee.kind === 'attribute' &&
      callee.name === 'push' &&
      callee.object.kind === 'name' &&
      callee.object.name === list.name &&
      (place.loops.length > 0 || place.perItem !== undefined) &&
      (scope === undefined || contains(scope, node)),
  );
  const [push, ...others] = pushes;
  const [loop] = push?.place.loops ?? [];
  if (!push) return NOT_BUILT;
  const length = others.length === 0 ? (loop?.tripCount ?? UNKNOWN_SIZE) : UNKNOWN_SIZE;
  return around(push.node.args[0]?.value, length, program, depth);
}

function around(element: Expression | undefined, length: number, program: Program, depth: number): Built {
  const inner = element ? builtArrays(element, program, depth + 1) : NOT_BUILT;
  return { ...inner, levels: inner.levels + 1, rank: inner.rank + 1, size: length * inner.size };
}

/** `{ length: 64 }`, `Array(64)`, `[...Array(64)]` and written lists. */
function lengthOf(expression: Expression | undefined, program: Program): number {
  const source = expression && writtenSource(expression, program);
  if (source?.kind === 'mapping') return numberOf(source.entries.find(({ key }) => key === 'length')?.value, program);
  if (source?.kind === 'sequence') {
    const [first] = source.elements;
    if (first?.kind === 'spread') return source.elements.length === 1 ? lengthOf(first.value, program) : UNKNOWN_SIZE;
    return source.elements.length;
  }
  if (source?.kind !== 'call') return UNKNOWN_SIZE;
  const { callee, args } = source;
  if (callee.kind === 'name' && callee.name === 'Array') return numberOf(args[0]?.value, program);
  return callee.kind === 'attribute' && /^(fill|keys)$/.test(callee.name)
    ? lengthOf(callee.object, program)
    : UNKNOWN_SIZE;
}

function numberOf(expression: Expression | undefined, program: Program): number {
  const value = expression && program.constant(expression);
  return value?.kind === 'known' && typeof value.value === 'number' ? value.value : UNKNOWN_SIZE;
}

function resultOf({ body }: FunctionDefinition): Expression | undefined {
  const last = body.at(-1);
  return last?.kind === 'return' ? last.value : undefined;
}
