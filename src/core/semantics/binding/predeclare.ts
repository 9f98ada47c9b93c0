import { childExpressions, nestedBodies, statementExpressions } from '../../ir/children.ts';
import type { Expression, Target } from '../../ir/expression.ts';
import type { Language } from '../../ir/sourceModule.ts';
import type { MatchStatement, Statement } from '../../ir/statement.ts';
import { caseParts } from './casePattern.ts';
import { patternLeaves } from './patterns.ts';
import type { Scope } from './scope.ts';

/**
 * Declares the names that a body binds before its flow is followed, because both languages resolve a name by scope and
 * not by order: Python binds every name assigned anywhere in a function to that function, JavaScript hoists `var` and functions.
 * `let`, `const` and `class` belong to the block and are declared when the block is entered (see `declareBlock`).
 */
export function declareOwner(body: readonly Statement[], scope: Scope, language: Language): void {
  if (language === 'python') declarePython(body, scope);
  else declareVars(body, scope);
}

/** Declares what a JavaScript block binds lexically; true if it binds anything. */
export function declaresLexically(body: readonly Statement[]): boolean {
  return body.some(
    (statement) =>
      statement.kind === 'function' ||
      statement.kind === 'class' ||
      (statement.kind === 'assign' && statement.declaration !== undefined && statement.declaration !== 'var'),
  );
}

export function declareBlock(body: readonly Statement[], scope: Scope): void {
  for (const statement of body) {
    if (statement.kind === 'function' || statement.kind === 'class') declareName(statement.definition.name, scope);
    if (statement.kind === 'assign' && statement.declaration && statement.declaration !== 'var') {
      for (const target of statement.targets) declareTarget(target, scope);
    }
    if (statement.kind === 'import') for (const name of statement.names) declareName(name.local, scope);
  }
}

function declarePython(body: readonly Statement[], scope: Scope): void {
  for (const statement of body) if (statement.kind === 'scope') redirect(statement.names, statement.declares, scope);
  for (const statement of body) {
    if (statement.kind === 'function' || statement.kind === 'class') declareName(statement.definition.name, scope);
    if (statement.kind === 'import') for (const name of statement.names) declareName(name.local, scope);
    if (statement.kind === 'assign') for (const target of statement.targets) declareTarget(target, scope);
    if (statement.kind === 'for' && statement.target) declareTarget(statement.target, scope);
    if (statement.kind === 'with')
      for (const item of statement.items) if (item.target) declareTarget(item.target, scope);
    if (statement.kind === 'try') {
      for (const handler of statement.handlers) if (handler.target) declareTarget(handler.target, scope);
    }
    if (statement.kind === 'match') declareCaptures(statement, scope);
    for (const expression of statementExpressions(statement)) declareWalrus(expression, scope);
    for (const nested of nestedBodies(statement)) declarePython(nested, scope);
  }
}

function declareCaptures({ cases }: MatchStatement, scope: Scope): void {
  for (const part of cases.flatMap(({ patterns }) => patterns.flatMap(caseParts)))
    if (part.kind === 'capture') scope.declare(part.name.name);
}

function declareVars(body: readonly Statement[], scope: Scope): void {
  for (const statement of body) {
    if (statement.kind === 'assign' && statement.declaration === 'var') {
      for (const target of statement.targets) declareTarget(target, scope);
    }
    for (const nested of nestedBodies(statement)) declareVars(nested, scope);
  }
}

function declareWalrus(expression: Expression, scope: Scope): void {
  if (expression.kind === 'assignment' && expression.operator === ':=') declareTarget(expression.target, scope);
  for (const child of childExpressions(expression)) declareWalrus(child, scope);
}

function redirect(names: readonly string[], declares: 'global' | 'nonlocal', scope: Scope): void {
  for (const name of names) {
    let target = scope.parent;
    while (target?.parent && (declares === 'global' || target.kind === 'class' || !target.bindings.has(name))) {
      target = target.parent;
    }
    if (target) scope.redirected.set(name, target);
  }
}

function declareTarget(target: Target, scope: Scope): void {
  for (const leaf of patternLeaves(target)) if (leaf.target.kind === 'name') scope.declare(leaf.target.name);
}

function declareName(name: string | undefined, scope: Scope): void {
  if (name) scope.declare(name);
}
