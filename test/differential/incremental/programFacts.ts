import type { Call, Program } from '../../../src/core/semantics/program.ts';
import type { Value } from '../../../src/core/semantics/value.ts';

/** What a program model says of every call, name and attribute of a module, as text. */
export function programFacts(program: Program): readonly string[] {
  return program.calls.flatMap((call) => [
    `${at(call.node)} ${call.name} ${call.receiver && at(call.receiver)} ${JSON.stringify(placeOf(call), withoutBodies)}`,
    `values ${valuesOf(program.values(call.node))}, callee ${valuesOf(program.values(call.node.callee))}`,
    ...call.node.args.map(
      ({ value }) => `argument ${valuesOf(program.values(value))} of ${producer(program.origin(value))}`,
    ),
    `uses ${program.uses(call).map(({ kind, expression }) => `${kind} ${at(expression)}`)}`,
    `methods ${program.methodCalls(call).map(({ node }) => at(node))}`,
  ]);
}

function placeOf(call: Call): object {
  const { loops, entryPoint, isMemoised, gradients, phase, callers, function: owner } = call.place;
  return { loops, entryPoint, isMemoised, gradients, phase, callers, owner: owner && at(owner) };
}

/** A node is told by its kind and place. */
function withoutBodies(key: string, value: unknown): unknown {
  if (key === '' || typeof value !== 'object' || value === null || !('start' in value) || !('end' in value))
    return value;
  if ('purpose' in value || 'framework' in value) return value;
  return `${'kind' in value ? value.kind : ''}@${value.start}-${value.end}`;
}

function valuesOf(values: readonly Value[]): string {
  return values.map((value) => JSON.stringify(value, withoutBodies)).join(' | ');
}

function producer(call: Call | undefined): string {
  return call ? at(call.node) : 'nothing';
}

function at({ start, end }: { readonly start: number; readonly end: number }): string {
  return `${start}-${end}`;
}
