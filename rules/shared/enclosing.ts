import { childExpressions, nestedBodies, statementExpressions } from '../../src/core/ir/children.ts';
import type { FunctionDefinition } from '../../src/core/ir/definition.ts';
import type { Expression } from '../../src/core/ir/expression.ts';
import type { SourceModule } from '../../src/core/ir/sourceModule.ts';
import type { Statement } from '../../src/core/ir/statement.ts';
import { contains, type Span } from '../../src/core/text/span.ts';

/** What syntactically holds a place, outermost first; the last statement is the one that the place is part of. */
export interface Enclosing {
  readonly statements: readonly Statement[];
  /** Statement list that each of `statements` is an element of, in the same order. */
  readonly bodies: readonly (readonly Statement[])[];
  readonly functions: readonly FunctionDefinition[];
}

/** Statements and functions around a place of the module, found by position. */
export function enclosing(module: SourceModule, place: Span): Enclosing {
  const statements: Statement[] = [];
  const bodies: (readonly Statement[])[] = [];
  const functions: FunctionDefinition[] = [];
  let body: readonly Statement[] | undefined = module.body;
  while (body) {
    const list: readonly Statement[] = body;
    const around = statementsAround(list, place);
    // A declaration that is exported in place follows an `export` of the same extent.
    const statement = around.find(({ kind }) => kind !== 'export') ?? around[0];
    if (!statement) break;
    statements.push(statement);
    bodies.push(list);
    body = bodyInside(statement, place, functions);
  }
  return { statements, bodies, functions };
}

/** Statements of a list that hold a place, found by bisection: they stand in source order and do not nest. */
function statementsAround(list: readonly Statement[], place: Span): readonly Statement[] {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle]?.start ?? 0) <= place.start) low = middle + 1;
    else high = middle;
  }
  const around: Statement[] = [];
  for (let index = low - 1; index >= 0; index--) {
    const candidate = list[index];
    if (!candidate || candidate.end < place.end) break;
    around.unshift(candidate);
  }
  return around;
}

function bodyInside(
  statement: Statement,
  place: Span,
  functions: FunctionDefinition[],
): readonly Statement[] | undefined {
  if (statement.kind === 'function') return definitionBody(statement.definition, place, functions);
  if (statement.kind === 'class') return statement.definition.body;
  const nested = nestedBodies(statement).find((body) => body.some((inner) => contains(inner, place)));
  if (nested) return nested;
  const expression = statementExpressions(statement).find((candidate) => contains(candidate, place));
  return expression && bodyOfExpression(expression, place, functions);
}

function bodyOfExpression(
  start: Expression,
  place: Span,
  functions: FunctionDefinition[],
): readonly Statement[] | undefined {
  let expression: Expression | undefined = start;
  while (expression) {
    if (expression.kind === 'function') {
      const body = definitionBody(expression.definition, place, functions);
      if (body) return body;
    }
    if (expression.kind === 'class') return expression.definition.body;
    expression = childExpressions(expression).find((child) => contains(child, place));
  }
  return undefined;
}

function definitionBody(
  definition: FunctionDefinition,
  place: Span,
  functions: FunctionDefinition[],
): readonly Statement[] | undefined {
  if (!contains(definition.bodySpan, place)) return undefined;
  functions.push(definition);
  return definition.body;
}
