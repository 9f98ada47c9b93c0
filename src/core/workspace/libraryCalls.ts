import type { ClassDefinition, FunctionDefinition } from '../ir/definition.ts';
import type { BoundModule } from '../semantics/binding/boundModule.ts';
import type { Evaluator } from '../semantics/evaluator.ts';
import { contains } from '../text/span.ts';

/** Methods that a library runs: for an object, and for each of its elements. */
const RUN_BY_LIBRARIES = ['__init__', '__getitem__'];

/**
 * What the methods of a class that libraries run call, directly or in functions of the same file that they call: qualified names, `.name`
 * for a method of something unknown. Only classes whose elements can be asked for have such methods.
 */
export function libraryCalls(
  definition: ClassDefinition,
  bound: BoundModule,
  evaluator: Evaluator,
): Readonly<Record<string, readonly string[]>> | undefined {
  if (evaluator.members.methods(definition, '__getitem__').length === 0) return undefined;
  return Object.fromEntries(
    RUN_BY_LIBRARIES.map((name) => [
      name,
      [...new Set(evaluator.members.methods(definition, name).flatMap((method) => namesIn(method, bound, evaluator)))],
    ]),
  );
}

function namesIn(method: FunctionDefinition, bound: BoundModule, evaluator: Evaluator): readonly string[] {
  const direct = callsIn(method, bound);
  const helpers = new Set(direct.flatMap((call) => evaluator.calledFunctions(call)));
  helpers.delete(method);
  return [...direct, ...[...helpers].flatMap((helper) => callsIn(helper, bound))].flatMap((call) => {
    const name = evaluator.calleeName(call);
    if (name !== undefined) return [name];
    return call.callee.kind === 'attribute' ? [`.${call.callee.name}`] : [];
  });
}

function callsIn({ bodySpan }: FunctionDefinition, { calls }: BoundModule): BoundModule['calls'] {
  return calls.filter((call) => contains(bodySpan, call));
}
