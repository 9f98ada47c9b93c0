import type { FunctionDefinition } from '../../src/core/ir/definition.ts';
import type { Expression } from '../../src/core/ir/expression.ts';
import { walk } from '../../src/core/ir/walk.ts';
import type { Program } from '../../src/core/semantics/program.ts';
import { enclosing } from './enclosing.ts';
import { readNames } from './expressionNames.ts';

const MOST_ROUNDS = 4;

/**
 * True when an expression reads a parameter of the functions around it, directly or through what these functions assign from
 * one: a request, a message, an item of a loop. The state of the object (`this`, `self`) counts as well.
 */
export function dependsOnCaller(expression: Expression, program: Program): boolean {
  const names = readNames(expression);
  if (names.length === 0) return false;
  const tainted = callerNames(expression, program);
  return names.some((name) => tainted.has(name));
}

function callerNames(place: Expression, program: Program): ReadonlySet<string> {
  const { functions } = enclosing(program.module, place);
  const known = program.once(callerNamesByFunction);
  const innermost = functions.at(-1);
  const names = known.get(innermost) ?? namesFromOutside(functions);
  known.set(innermost, names);
  return names;
}

function callerNamesByFunction(): Map<FunctionDefinition | undefined, ReadonlySet<string>> {
  return new Map();
}

function namesFromOutside(functions: readonly FunctionDefinition[]): ReadonlySet<string> {
  const tainted = new Set(['this', 'self', 'cls', 'arguments']);
  for (const { parameters } of functions) for (const { target } of parameters) addNames(target, tainted);
  const [outermost] = functions;
  if (!outermost) return tainted;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const before = tainted.size;
    for (const { node } of walk(outermost.body)) {
      const [source, targets] = flow(node);
      if (source && readNames(source).some((name) => tainted.has(name))) {
        for (const target of targets) addNames(target, tainted);
      }
    }
    if (tainted.size === before) break;
  }
  return tainted;
}

type Node = ReturnType<typeof walk> extends Iterable<infer Item extends { node: unknown }> ? Item['node'] : never;

/** What a statement or expression reads, and what receives it. A loop hands its elements to its target. */
function flow(node: Node): readonly [Expression | undefined, readonly Expression[]] {
  if (node.kind === 'assign') return [node.value, node.targets];
  if (node.kind === 'assignment') return [node.value, [node.target]];
  if (node.kind === 'for') return [node.iterable, node.target ? [node.target] : []];
  return [undefined, []];
}

function addNames(target: Expression, names: Set<string>): void {
  for (const name of readNames(target)) names.add(name);
}
