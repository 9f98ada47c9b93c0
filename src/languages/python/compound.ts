import type { Statement, TryStatement } from '../../core/ir/statement.ts';
import { childByField, childByType, childrenByField, hasToken, type SyntaxNode } from '../../core/syntax/syntaxTree.ts';
import { lowerAll, lowerExpression, lowerPart } from './expressions.ts';
import { type Lowering, MAX_DEPTH } from './lowering.ts';
import { lowerBranch } from './statements.ts';

type TryHandler = TryStatement['handlers'][number];

/** `elif` becomes an `if` in the alternate of the one before; built from the last one, so that long chains do not recurse. */
export function lowerIf(node: SyntaxNode, lowering: Lowering): Statement[] {
  const depth = lowering.depth;
  const clauses = childrenByField(node, 'alternative');
  const kept = clauses.slice(0, Math.max(0, MAX_DEPTH - depth));
  let alternate: Statement[] = clauses
    .slice(kept.length)
    .map(({ start, end }) => ({ kind: 'opaque', start, end, children: [] }));
  for (let index = kept.length - 1; index >= 0; index--) {
    const clause = kept[index];
    if (clause === undefined) continue;
    lowering.depth = depth + index + 1;
    if (clause.errors.length > 0) lowering.leftOver.push(...clause.errors);
    alternate =
      clause.type === 'else_clause'
        ? lowerBranch(childByField(clause, 'body'), lowering)
        : [branch(clause, node.end, alternate, lowering)];
  }
  lowering.depth = depth;
  return [branch(node, node.end, alternate, lowering)];
}

function branch(node: SyntaxNode, end: number, alternate: readonly Statement[], lowering: Lowering): Statement {
  return {
    kind: 'if',
    start: node.start,
    end,
    test: lowerPart(childByField(node, 'condition'), node.start, lowering),
    consequent: lowerBranch(childByField(node, 'consequence'), lowering),
    alternate,
  };
}

export function lowerFor(node: SyntaxNode, lowering: Lowering): Statement[] {
  return [
    {
      kind: 'for',
      start: node.start,
      end: node.end,
      form: 'each',
      target: lowerPart(childByField(node, 'left'), node.start, lowering),
      iterable: lowerPart(childByField(node, 'right'), node.start, lowering),
      body: lowerBranch(childByField(node, 'body'), lowering),
      orElse: lowerElse(childByField(node, 'alternative'), lowering),
      isAsync: hasToken(node, 'async'),
    },
  ];
}

export function lowerWhile(node: SyntaxNode, lowering: Lowering): Statement[] {
  return [
    {
      kind: 'while',
      start: node.start,
      end: node.end,
      test: lowerPart(childByField(node, 'condition'), node.start, lowering),
      body: lowerBranch(childByField(node, 'body'), lowering),
      orElse: lowerElse(childByField(node, 'alternative'), lowering),
      isPostTest: false,
    },
  ];
}

export function lowerTry(node: SyntaxNode, lowering: Lowering): Statement[] {
  const finalizer = childByType(node, 'finally_clause');
  return [
    {
      kind: 'try',
      start: node.start,
      end: node.end,
      body: lowerBranch(childByField(node, 'body'), lowering),
      handlers: node.children
        .filter((child) => child.type === 'except_clause')
        .map((child) => lowerHandler(child, lowering)),
      orElse: lowerElse(childByType(node, 'else_clause'), lowering),
      finalizer: lowerBranch(finalizer && childByType(finalizer, 'block'), lowering),
    },
  ];
}

function lowerHandler(node: SyntaxNode, lowering: Lowering): TryHandler {
  const values = childrenByField(node, 'value');
  const [first] = values;
  if (node.errors.length > 0) lowering.leftOver.push(...node.errors);
  const body = childByType(node, 'block');
  if (first?.type === 'as_pattern') {
    const [type, target] = first.children;
    return {
      type: lowerPart(type, first.start, lowering),
      ...(target === undefined ? {} : { target: lowerExpression(target, lowering) }),
      body: lowerBranch(body, lowering),
    };
  }
  const alias = childByField(node, 'alias');
  return {
    ...(first === undefined ? {} : { type: handlerType(first, values, lowering) }),
    ...(alias === undefined ? {} : { target: lowerExpression(alias, lowering) }),
    body: lowerBranch(body, lowering),
  };
}

/** `except A, B:` is a tuple of types since Python 3.14. */
function handlerType(
  first: SyntaxNode,
  values: readonly SyntaxNode[],
  lowering: Lowering,
): NonNullable<TryHandler['type']> {
  if (values.length === 1) return lowerExpression(first, lowering);
  const end = values.at(-1)?.end ?? first.end;
  return { kind: 'sequence', start: first.start, end, form: 'tuple', elements: lowerAll(values, lowering) };
}

function lowerElse(clause: SyntaxNode | undefined, lowering: Lowering): Statement[] {
  if (clause === undefined) return [];
  if (clause.errors.length > 0) lowering.leftOver.push(...clause.errors);
  return lowerBranch(childByField(clause, 'body'), lowering);
}
