import type { Expression } from '../../src/core/ir/expression.ts';
import type { Program } from '../../src/core/semantics/program.ts';

/** What a grid holds, as the text gives it. */
export interface Grid {
  readonly candidates: number;
  /** Names of the parameters that have more than one value, without the prefix of a pipeline's step. */
  readonly axes: readonly string[];
}

/** Grid of a dict display, or of a list of them, whose values can all be counted; `undefined` otherwise. */
export function gridOf(program: Program, expression: Expression): Grid | undefined {
  if (isChanged(program, expression)) return undefined;
  const node = collectionOf(program, expression);
  if (node === undefined) return dictCallGrid(program, expression);
  if (node.kind === 'mapping') return mappingGrid(program, node);
  if (node.kind !== 'sequence') return undefined;
  const parts = node.elements.map((element) => gridOf(program, element));
  let candidates = 0;
  const axes: string[] = [];
  for (const part of parts) {
    if (part === undefined) return undefined;
    candidates += part.candidates;
    axes.push(...part.axes);
  }
  return { candidates, axes };
}

function mappingGrid(program: Program, node: Expression & { kind: 'mapping' }): Grid | undefined {
  let candidates = 1;
  const axes: string[] = [];
  for (const entry of node.entries) {
    const length = entry.isSpread ? undefined : lengthOf(program, entry.value);
    if (length === undefined || entry.key === undefined) return undefined;
    candidates *= length;
    if (length > 1) axes.push(entry.key.split('__').at(-1) ?? entry.key);
  }
  return { candidates, axes };
}

/** `dict(max_depth=[2, 4], …)`. */
function dictCallGrid(program: Program, expression: Expression): Grid | undefined {
  const made = expression.kind === 'call' ? program.callOf(expression) : program.origin(expression);
  if (made?.name !== 'builtins.dict') return undefined;
  let candidates = 1;
  const axes: string[] = [];
  for (const { name, value } of made.node.args) {
    const length = lengthOf(program, value);
    if (name === undefined || length === undefined) return undefined;
    candidates *= length;
    if (length > 1) axes.push(name.split('__').at(-1) ?? name);
  }
  return { candidates, axes };
}

function collectionOf(program: Program, expression: Expression): Expression | undefined {
  if (expression.kind === 'mapping' || expression.kind === 'sequence') return expression;
  const values = program.values(expression);
  const [value] = values;
  return values.length === 1 && value?.kind === 'collection' ? value.node : undefined;
}

/** `grid["x"] = …` or `grid.update(…)` later. */
function isChanged(program: Program, expression: Expression): boolean {
  if (expression.kind !== 'name') return false;
  return new RegExp(`\\b${expression.name}\\s*(\\[[^\\]]*\\]\\s*=[^=]|\\.(update|pop|append|extend)\\()`).test(
    program.module.text,
  );
}

/** Number of values of an axis: a list, `range(…)`, `np.linspace(…)`, `np.logspace(…)`, `np.arange(…)`, wrapped or not. */
export function lengthOf(program: Program, expression: Expression): number | undefined {
  const node = collectionOf(program, expression) ?? program.origin(expression)?.node ?? expression;
  if (node.kind === 'sequence')
    return node.elements.some(({ kind }) => kind === 'spread') ? undefined : node.elements.length;
  if (node.kind === 'comprehension') {
    const [clause] = node.clauses;
    if (clause === undefined || node.clauses.length > 1 || clause.conditions.length > 0) return undefined;
    return lengthOf(program, clause.iterable);
  }
  if (node.kind !== 'call') return undefined;
  return lengthOfCall(program, node);
}

function lengthOfCall(program: Program, node: Expression & { kind: 'call' }): number | undefined {
  const name = program.callOf(node)?.name ?? '';
  const [first] = node.args;
  if (/^builtins\.(list|tuple|sorted)$|^numpy\.(array|asarray)$/.test(name))
    return first === undefined ? undefined : lengthOf(program, first.value);
  if (/^(numpy\.)?[\w.]*\btolist$/.test(name) && node.callee.kind === 'attribute')
    return lengthOf(program, node.callee.object);
  if (/^numpy\.(linspace|logspace|geomspace)$/.test(name)) {
    const count =
      node.args.find((argument) => argument.name === 'num') ?? (node.args[2]?.name ? undefined : node.args[2]);
    return count === undefined ? 50 : numberOf(program, count.value);
  }
  if (/^(builtins\.range|numpy\.arange)$/.test(name))
    return rangeLength(
      program,
      node.args.map(({ value }) => value),
    );
  return undefined;
}

function rangeLength(program: Program, args: readonly Expression[]): number | undefined {
  const numbers = args.map((argument) => numberOf(program, argument));
  const [a, b, step = 1] = numbers;
  if (a === undefined || numbers.includes(undefined) || step === 0) return undefined;
  const length = b === undefined ? a : (b - a) / step;
  return Math.max(0, Math.ceil(length - 1e-9));
}

function numberOf(program: Program, expression: Expression): number | undefined {
  const constant = program.constant(expression);
  return constant.kind === 'known' && typeof constant.value === 'number' ? constant.value : undefined;
}
