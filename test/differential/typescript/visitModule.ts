import type { Decorator, FunctionDefinition } from '../../../src/core/ir/definition.ts';
import type { Expression } from '../../../src/core/ir/expression.ts';
import type { Statement } from '../../../src/core/ir/statement.ts';

export interface Visitor {
  statement?(statement: Statement): void;
  expression?(expression: Expression): void;
  function?(definition: FunctionDefinition): void;
}

/** Visits every statement, expression and function in source order of their parents. */
export function visitStatements(statements: readonly Statement[], visitor: Visitor): void {
  for (const statement of statements) visitStatement(statement, visitor);
}

function visitStatement(statement: Statement, visitor: Visitor): void {
  visitor.statement?.(statement);
  const body = (statements: readonly Statement[]): void => visitStatements(statements, visitor);
  const values = (...expressions: readonly (Expression | undefined)[]): void => {
    for (const expression of expressions) if (expression !== undefined) visitExpression(expression, visitor);
  };
  switch (statement.kind) {
    case 'expression':
      return values(statement.expression);
    case 'assign':
      return values(...statement.targets, statement.value);
    case 'function':
      return visitFunction(statement.definition, visitor);
    case 'class':
      values(...statement.definition.bases);
      visitDecorators(statement.definition.decorators, visitor);
      return body(statement.definition.body);
    case 'export':
    case 'return':
    case 'break':
    case 'continue':
    case 'raise':
      return values(statement.value);
    case 'if':
      values(statement.test);
      body(statement.consequent);
      return body(statement.alternate);
    case 'for':
      values(statement.target, statement.iterable, statement.test, statement.update);
      body(statement.init ?? []);
      body(statement.body);
      return body(statement.orElse);
    case 'while':
      values(statement.test);
      body(statement.body);
      return body(statement.orElse);
    case 'with':
      values(...statement.items.flatMap((item) => [item.context, item.target]));
      return body(statement.body);
    case 'try':
      body(statement.body);
      for (const handler of statement.handlers) {
        values(handler.type, handler.target);
        body(handler.body);
      }
      body(statement.orElse);
      return body(statement.finalizer);
    case 'match':
      values(statement.subject);
      for (const { patterns, body: statements } of statement.cases) {
        values(...patterns);
        body(statements);
      }
      return;
    case 'block':
      return body(statement.body);
    case 'opaque':
      return values(...statement.children);
    case 'import':
    case 'scope':
      return;
  }
}

function visitFunction(definition: FunctionDefinition, visitor: Visitor): void {
  visitor.function?.(definition);
  visitDecorators(definition.decorators, visitor);
  for (const parameter of definition.parameters) {
    visitExpression(parameter.target, visitor);
    if (parameter.defaultValue !== undefined) visitExpression(parameter.defaultValue, visitor);
  }
  visitStatements(definition.body, visitor);
}

function visitDecorators(decorators: readonly Decorator[], visitor: Visitor): void {
  for (const decorator of decorators) visitExpression(decorator.expression, visitor);
}

/** Visits an expression and everything inside it. */
export function visitExpression(expression: Expression, visitor: Visitor): void {
  visitor.expression?.(expression);
  if (expression.kind === 'function') visitFunction(expression.definition, visitor);
  if (expression.kind === 'class') {
    visitDecorators(expression.definition.decorators, visitor);
    for (const base of expression.definition.bases) visitExpression(base, visitor);
    visitStatements(expression.definition.body, visitor);
  }
  for (const child of childExpressions(expression)) visitExpression(child, visitor);
}

/** Direct sub-expressions, functions and classes excluded. */
export function childExpressions(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'attribute':
      return [expression.object];
    case 'subscript':
      return [expression.object, ...expression.indices];
    case 'call':
      return [expression.callee, ...expression.args.map((argument) => argument.value)];
    case 'template':
      return expression.parts.filter((part) => typeof part !== 'string');
    case 'sequence':
      return expression.elements;
    case 'mapping':
      return expression.entries.flatMap((entry) => [
        ...(entry.keyExpression === undefined ? [] : [entry.keyExpression]),
        entry.value,
      ]);
    case 'conditional':
      return [expression.test, expression.consequent, expression.alternate];
    case 'logical':
      return [expression.left, expression.right];
    case 'operation':
      return expression.operands;
    case 'await':
    case 'spread':
      return [expression.value];
    case 'yield':
      return expression.value === undefined ? [] : [expression.value];
    case 'assignment':
      return [expression.target, expression.value];
    case 'comprehension':
      return [expression.element, ...expression.clauses.flatMap((clause) => [clause.target, clause.iterable])];
    case 'opaque':
      return expression.children;
    case 'name':
    case 'literal':
    case 'function':
    case 'class':
      return [];
  }
}
