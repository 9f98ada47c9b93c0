import type { Expression } from '../../src/core/ir/expression.ts';
import type { ForStatement, WhileStatement } from '../../src/core/ir/statement.ts';
import { type IrNode, walkFrom } from '../../src/core/ir/walk.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';

/** Built-in functions that change nothing outside their result. */
const HARMLESS = new Set(
  'abs all any bool bytes dict enumerate float frozenset hash int isinstance len list max min print range repr reversed round set sorted str sum tuple type zip'.split(
    ' ',
  ),
);
const COLLECTS = /^(append|add|push)$/;

/**
 * True when nothing that a loop runs, in its head or its body, can change what a value computed in it depends on: files, the
 * environment, state of other code. Only calls that are known count as harmless; a `yield` or `await` lets other code run.
 */
export function isQuietLoop(
  program: Program,
  loop: ForStatement | WhileStatement,
  isKnown: (call: Call) => boolean,
): boolean {
  const head = loop.kind === 'for' ? [loop.iterable, loop.target, loop.test, loop.update] : [loop.test];
  const roots: IrNode[] = [
    ...head.flatMap((node) => (node ? [{ kind: 'expression' as const, node }] : [])),
    ...loop.body.map((node) => ({ kind: 'statement' as const, node })),
  ];
  for (const item of walkFrom(roots)) if (!isQuiet(program, item, isKnown)) return false;
  return true;
}

function isQuiet(program: Program, { kind, node }: IrNode, isKnown: (call: Call) => boolean): boolean {
  if (kind === 'expression') {
    if (node.kind === 'call') return isHarmlessCall(program, node, isKnown);
    if (node.kind === 'assignment') return node.target.kind === 'name';
    return node.kind !== 'yield' && node.kind !== 'await' && node.kind !== 'opaque';
  }
  if (node.kind === 'assign') return node.targets.every(isPlain);
  if (node.kind === 'for') return !node.isAsync && (node.target === undefined || isPlain(node.target));
  return (
    node.kind !== 'with' &&
    node.kind !== 'opaque' &&
    node.kind !== 'import' &&
    node.kind !== 'scope' &&
    node.kind !== 'class'
  );
}

/** Names and patterns of names: `a.b = …` and `a[b] = …` change an object that others may see. */
function isPlain(target: Expression): boolean {
  if (target.kind === 'sequence') return target.elements.every(isPlain);
  return target.kind === 'name' || (target.kind === 'spread' && isPlain(target.value));
}

function isHarmlessCall(
  program: Program,
  node: Expression & { readonly kind: 'call' },
  isKnown: (call: Call) => boolean,
): boolean {
  const call = program.callOf(node);
  if (!call) return false;
  if (isKnown(call)) return true;
  // A function that is handed over may do anything.
  if (node.args.some(({ value, name }) => value.kind === 'function' || name === 'key' || name === 'file')) return false;
  if (call.name?.startsWith('builtins.')) return HARMLESS.has(call.name.slice('builtins.'.length));
  const { callee } = node;
  return callee.kind === 'attribute' && COLLECTS.test(callee.name) && isOwnList(program, callee.object);
}

/** True when the expression always holds a list that the file writes out. */
export function isOwnList(program: Program, expression: Expression): boolean {
  return program
    .values(expression)
    .every(
      (value) =>
        value.kind === 'collection' &&
        ((value.node.kind === 'sequence' && value.node.form === 'list') ||
          (value.node.kind === 'comprehension' && value.node.form === 'list')),
    );
}
