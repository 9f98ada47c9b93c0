import type { ForStatement, Statement } from '../../core/ir/statement.ts';
import { childByField, hasToken, type SyntaxNode } from '../../core/syntax/syntaxTree.ts';
import { lowerAsStatements } from './expressionStatements.ts';
import { lowerExpression, lowerField } from './expressions.ts';
import type { Lowering } from './lowering.ts';
import { spanOf } from './nodes.ts';
import { lowerTargetField } from './patterns.ts';
import { isStatementType, lowerBranch, lowerStatement } from './statements.ts';

/** `for (init; test; update)`. */
export function lowerFor(node: SyntaxNode, lowering: Lowering): Statement {
  const test = clauseOf(node, 'condition');
  const update = clauseOf(node, 'increment');
  lowering.keepErrors(node);
  return {
    kind: 'for',
    form: 'count',
    init: lowerInit(clauseOf(node, 'initializer'), lowering),
    ...(test && { test: lowerExpression(test, lowering) }),
    ...(update && { update: lowerExpression(update, lowering) }),
    body: lowerBranch(childByField(node, 'body'), lowering),
    orElse: [],
    isAsync: false,
    ...spanOf(node),
  };
}

/** `for (x of y)`, `for await`, `for (x in y)`. */
export function lowerForIn(node: SyntaxNode, lowering: Lowering): Statement {
  const declaration = loopKeyword(node);
  const operator = childByField(node, 'operator');
  lowering.keepErrors(node);
  return {
    kind: 'for',
    form: operator?.type === 'in' ? 'keys' : 'each',
    ...(declaration && { declaration }),
    target: lowerTargetField(node, 'left', lowering),
    iterable: lowerField(node, 'right', lowering),
    body: lowerBranch(childByField(node, 'body'), lowering),
    orElse: [],
    isAsync: hasToken(node, 'await'),
    ...spanOf(node),
  };
}

export function lowerWhile(node: SyntaxNode, lowering: Lowering): Statement {
  lowering.keepErrors(node);
  return {
    kind: 'while',
    test: lowerField(node, 'condition', lowering),
    body: lowerBranch(childByField(node, 'body'), lowering),
    orElse: [],
    isPostTest: false,
    ...spanOf(node),
  };
}

export function lowerDo(node: SyntaxNode, lowering: Lowering): Statement {
  lowering.keepErrors(node);
  return {
    kind: 'while',
    test: lowerField(node, 'condition', lowering),
    body: lowerBranch(childByField(node, 'body'), lowering),
    orElse: [],
    isPostTest: true,
    ...spanOf(node),
  };
}

/** The grammar puts an empty statement where a clause of a `for` is left out. */
function clauseOf(node: SyntaxNode, field: string): SyntaxNode | undefined {
  const clause = childByField(node, field);
  return clause?.type === 'empty_statement' ? undefined : clause;
}

function lowerInit(node: SyntaxNode | undefined, lowering: Lowering): readonly Statement[] {
  if (node === undefined) return [];
  return isStatementType(node.type) ? lowerStatement(node, lowering) : lowerAsStatements(node, spanOf(node), lowering);
}

function loopKeyword(node: SyntaxNode): ForStatement['declaration'] {
  const keyword = childByField(node, 'kind')?.type;
  return keyword === 'const' || keyword === 'let' || keyword === 'var' ? keyword : undefined;
}
