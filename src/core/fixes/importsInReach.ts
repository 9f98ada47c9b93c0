import { childExpressions, nestedBodies, statementExpressions } from '../ir/children.ts';
import type { Expression } from '../ir/expression.ts';
import type { SourceModule } from '../ir/sourceModule.ts';
import type { ImportStatement, Statement } from '../ir/statement.ts';

/**
 * Import statements whose names can be used at an offset: those of the module (before the place, when the place is at
 * module level) and those earlier in the functions around it. Imports for type checkers do not count.
 */
export function importsInReach(module: SourceModule, at: number): readonly ImportStatement[] {
  const found: ImportStatement[] = [];
  collect(module.body, !isInFunction(module.body, at));
  return found;

  function collect(body: readonly Statement[], mustPrecede: boolean): void {
    for (const statement of body) {
      if (statement.kind === 'import' && (!mustPrecede || statement.end <= at)) found.push(statement);
      if (!holds(statement, at) && !hasBlocks(statement)) continue;
      if (statement.kind === 'if' && isTypeChecking(statement.test)) continue;
      for (const nested of nestedBodies(statement)) collect(nested, mustPrecede);
      for (const definition of definitionsAround(statement, at)) collect(definition, true);
    }
  }
}

function isInFunction(body: readonly Statement[], at: number): boolean {
  return body.some(
    (statement) =>
      holds(statement, at) &&
      (definitionsAround(statement, at).length > 0 ||
        nestedBodies(statement).some((nested) => isInFunction(nested, at))),
  );
}

/** Statements whose blocks run where they stand. */
function hasBlocks({ kind }: Statement): boolean {
  return kind !== 'function' && kind !== 'class' && kind !== 'expression' && kind !== 'assign' && kind !== 'export';
}

/** Bodies of the functions in a statement, innermost statement lists excluded, that hold the offset. */
function definitionsAround(statement: Statement, at: number): readonly (readonly Statement[])[] {
  if (at < statement.start || statement.end < at) return [];
  if (statement.kind === 'function') return holds(statement.definition.bodySpan, at) ? [statement.definition.body] : [];
  if (statement.kind === 'class') return statement.definition.body.flatMap((member) => definitionsAround(member, at));
  return statementExpressions(statement).flatMap((expression) => inExpression(expression, at));
}

function inExpression(expression: Expression, at: number): readonly (readonly Statement[])[] {
  if (at < expression.start || expression.end < at) return [];
  if (expression.kind === 'function' && holds(expression.definition.bodySpan, at)) return [expression.definition.body];
  return childExpressions(expression).flatMap((child) => inExpression(child, at));
}

function holds(span: { readonly start: number; readonly end: number }, at: number): boolean {
  return span.start <= at && at <= span.end;
}

function isTypeChecking(test: Expression): boolean {
  return (
    (test.kind === 'name' && test.name === 'TYPE_CHECKING') ||
    (test.kind === 'attribute' && test.name === 'TYPE_CHECKING')
  );
}
