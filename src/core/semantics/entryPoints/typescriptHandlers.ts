import type { FunctionDefinition } from '../../ir/definition.ts';
import type { Expression } from '../../ir/expression.ts';
import type { Evaluator } from '../evaluator.ts';
import type { Value } from '../value.ts';
import { HANDLER_PROPERTIES, HANDLER_TABLES } from './typescriptPatterns.ts';

/** Wrappers and tables are opened this deep; a value may also lead back to itself. */
const MOST_DEPTH = 5;

/**
 * Handlers that an argument holds: a function given directly, wrapped (`asyncHandler(fn)`), in a list, or as `fetch`, `handler`,
 * `eachMessage` of an options object. `isTable`: every function of the object is one (gRPC services, GraphQL resolvers).
 */
export function handlersIn(
  expression: Expression,
  evaluator: Evaluator,
  isTable = false,
): readonly FunctionDefinition[] {
  return handlerValues(expression, evaluator, isTable).flatMap((value) =>
    value.kind === 'function' ? [value.definition] : [],
  );
}

/** What an argument holds where a handler is expected; functions of other files are symbols until the files are linked. */
export function handlerValues(
  expression: Expression,
  evaluator: Evaluator,
  isTable = false,
  depth = 0,
): readonly Value[] {
  if (depth > MOST_DEPTH) return [];
  const inside = (part: Expression, inTable = isTable): readonly Value[] =>
    handlerValues(part, evaluator, inTable, depth + 1);
  // `controller.create.bind(controller)`.
  if (expression.kind === 'call' && expression.callee.kind === 'attribute' && expression.callee.name === 'bind')
    return inside(expression.callee.object);
  if (expression.kind === 'call') return expression.args.flatMap((argument) => inside(argument.value));
  return evaluator.values(expression).flatMap((value): readonly Value[] => {
    if (value.kind === 'function' || value.kind === 'symbol') return [value];
    if (value.kind === 'instance' && value.call && !isTable) return inside(value.call);
    if (value.kind !== 'collection') return [];
    if (value.node.kind === 'sequence') return value.node.elements.flatMap((element) => inside(element));
    if (value.node.kind !== 'mapping') return [];
    return value.node.entries.flatMap(({ key = '', value: entry }) => {
      if (isTable || HANDLER_TABLES.test(key)) return inside(entry, true);
      return HANDLER_PROPERTIES.test(key) ? inside(entry) : [];
    });
  });
}

/** Name of a first parameter that tells a handler of requests. */
export const REQUEST_PARAMETER = /^_?(req|request|ctx|context|c)$/;
