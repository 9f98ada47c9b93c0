import type { Expression } from '../../core/ir/expression.ts';
import type { Statement } from '../../core/ir/statement.ts';
import { childByField, type SyntaxNode } from '../../core/syntax/syntaxTree.ts';
import { lowerAssignment, lowerAugmentedAssignment } from './assignments.ts';
import { lowerFor, lowerIf, lowerTry, lowerWhile } from './compound.ts';
import { lowerClass, lowerDecorated, lowerFunction } from './definitions.ts';
import { lowerError } from './errors.ts';
import { lowerAll, lowerExpression } from './expressions.ts';
import { lowerFutureImport, lowerImport, lowerImportFrom } from './imports.ts';
import type { Lowering } from './lowering.ts';
import { lowerMatch } from './matches.ts';
import { hasCommaBetween } from './trivia.ts';
import { lowerTypeAlias } from './typeAliases.ts';
import { lowerWith } from './withs.ts';

type StatementLowerer = (node: SyntaxNode, lowering: Lowering) => readonly Statement[];

const lowerers: Readonly<Record<string, StatementLowerer>> = {
  expression_statement: lowerExpressionStatement,
  import_statement: lowerImport,
  import_from_statement: lowerImportFrom,
  future_import_statement: lowerFutureImport,
  return_statement: lowerReturn,
  raise_statement: lowerRaise,
  break_statement: (node) => [{ kind: 'break', start: node.start, end: node.end }],
  continue_statement: (node) => [{ kind: 'continue', start: node.start, end: node.end }],
  global_statement: (node, lowering) => lowerScope(node, 'global', lowering),
  nonlocal_statement: (node, lowering) => lowerScope(node, 'nonlocal', lowering),
  pass_statement: lowerOpaque,
  assert_statement: lowerOpaque,
  delete_statement: lowerOpaque,
  print_statement: lowerOpaque,
  exec_statement: lowerOpaque,
  type_alias_statement: lowerTypeAlias,
  assignment: lowerAssignment,
  augmented_assignment: lowerAugmentedAssignment,
  if_statement: lowerIf,
  for_statement: lowerFor,
  while_statement: lowerWhile,
  try_statement: lowerTry,
  with_statement: lowerWith,
  match_statement: lowerMatch,
  function_definition: lowerFunction,
  class_definition: lowerClass,
  decorated_definition: lowerDecorated,
};

export function isStatementType(type: string): boolean {
  return lowerers[type] !== undefined;
}

/** Statements of a `block` or `module`. `isClassBody` makes its functions methods. */
export function lowerBlock(block: SyntaxNode | undefined, lowering: Lowering, isClassBody: boolean): Statement[] {
  const statements: Statement[] = [];
  if (block === undefined) return statements;
  const outer = lowering.isInClassBody;
  lowering.isInClassBody = isClassBody;
  lowerStatements(block, lowering, statements);
  lowering.isInClassBody = outer;
  return statements;
}

/** The branch of an `if`, `for` or `try` belongs to the class or function around it. */
export function lowerBranch(block: SyntaxNode | undefined, lowering: Lowering): Statement[] {
  return lowerBlock(block, lowering, lowering.isInClassBody);
}

/** Children of a node as statements, ERROR nodes at their place among them. */
export function lowerStatements(node: SyntaxNode, lowering: Lowering, statements: Statement[]): void {
  let nextError = 0;
  for (const child of node.children) {
    for (let error = node.errors[nextError]; error !== undefined && error.start <= child.start; ) {
      lowerError(error, lowering, statements);
      error = node.errors[++nextError];
    }
    lowerStatement(child, lowering, statements);
  }
  for (; nextError < node.errors.length; nextError++) {
    const error = node.errors[nextError];
    if (error !== undefined) lowerError(error, lowering, statements);
  }
}

export function lowerStatement(node: SyntaxNode, lowering: Lowering, statements: Statement[]): void {
  if (lowering.isTooDeep) {
    statements.push({ kind: 'opaque', start: node.start, end: node.end, children: [] });
    return;
  }
  const mark = lowering.leftOver.length;
  lowering.depth++;
  statements.push(...(lowerers[node.type] ?? lowerOpaque)(node, lowering));
  if (node.errors.length > 0) lowering.leftOver.push(...node.errors);
  if (lowering.leftOver.length > mark) flushLeftOver(mark, lowering, statements);
  lowering.depth--;
}

/** What wrong code left inside the statement follows it, so that calls in it are still seen. What lies below the mark is an outer one's. */
function flushLeftOver(mark: number, lowering: Lowering, statements: Statement[]): void {
  for (const node of lowering.leftOver.splice(mark)) lowerError(node, lowering, statements);
}

function lowerOpaque(node: SyntaxNode, lowering: Lowering): readonly Statement[] {
  return [{ kind: 'opaque', start: node.start, end: node.end, children: lowerAll(node.children, lowering) }];
}

function lowerExpressionStatement(node: SyntaxNode, lowering: Lowering): readonly Statement[] {
  const [first, second] = node.children;
  const { start, end } = node;
  if (first === undefined) return [{ kind: 'opaque', start, end, children: [] }];
  if (first.type === 'assignment' || first.type === 'augmented_assignment') {
    if (first.errors.length > 0) lowering.leftOver.push(...first.errors);
    return first.type === 'assignment' ? lowerAssignment(first, lowering) : lowerAugmentedAssignment(first, lowering);
  }
  const isTuple = second !== undefined || (first.end < end && hasCommaBetween(first.end, end, lowering.text));
  const expression: Expression = isTuple
    ? { kind: 'sequence', start, end, form: 'tuple', elements: lowerAll(node.children, lowering) }
    : lowerExpression(first, lowering);
  return [{ kind: 'expression', start, end, expression }];
}

function lowerReturn(node: SyntaxNode, lowering: Lowering): readonly Statement[] {
  const value = node.children[0];
  const { start, end } = node;
  return [{ kind: 'return', start, end, ...(value === undefined ? {} : { value: lowerExpression(value, lowering) }) }];
}

function lowerRaise(node: SyntaxNode, lowering: Lowering): readonly Statement[] {
  const cause = childByField(node, 'cause');
  const value = node.children.find((child) => child !== cause);
  const { start, end } = node;
  return [
    {
      kind: 'raise',
      start,
      end,
      ...(value === undefined ? {} : { value: lowerExpression(value, lowering) }),
      ...(cause === undefined ? {} : { cause: lowerExpression(cause, lowering) }),
    },
  ];
}

function lowerScope(node: SyntaxNode, declares: 'global' | 'nonlocal', lowering: Lowering): readonly Statement[] {
  const names = node.children.map((child) => lowering.nameAt(child));
  return [{ kind: 'scope', start: node.start, end: node.end, declares, names }];
}
