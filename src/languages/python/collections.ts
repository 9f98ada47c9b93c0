import type { ComprehensionClause, Expression, MappingEntry } from '../../core/ir/expression.ts';
import { childByField, childrenByField, type SyntaxNode } from '../../core/syntax/syntaxTree.ts';
import { lowerAll, lowerExpression, lowerPart } from './expressions.ts';
import type { Lowering } from './lowering.ts';
import { hasCommaBetween } from './trivia.ts';

export function lowerList(node: SyntaxNode, lowering: Lowering): Expression {
  return {
    kind: 'sequence',
    start: node.start,
    end: node.end,
    form: 'list',
    elements: lowerAll(node.children, lowering),
  };
}

export function lowerTuple(node: SyntaxNode, lowering: Lowering): Expression {
  return {
    kind: 'sequence',
    start: node.start,
    end: node.end,
    form: 'tuple',
    elements: lowerAll(node.children, lowering),
  };
}

/** The grammar calls `(a)` on the left of `=` a tuple pattern; only a comma makes it one. */
export function lowerTuplePattern(node: SyntaxNode, lowering: Lowering): Expression {
  const [first, second] = node.children;
  if (first !== undefined && second === undefined && !hasCommaBetween(first.end, node.end, lowering.text)) {
    return lowerExpression(first, lowering);
  }
  return lowerTuple(node, lowering);
}

export function lowerSet(node: SyntaxNode, lowering: Lowering): Expression {
  return {
    kind: 'sequence',
    start: node.start,
    end: node.end,
    form: 'set',
    elements: lowerAll(node.children, lowering),
  };
}

export function lowerDictionary(node: SyntaxNode, lowering: Lowering): Expression {
  return {
    kind: 'mapping',
    start: node.start,
    end: node.end,
    entries: node.children.map((child) => lowerEntry(child, lowering)),
  };
}

function lowerEntry(node: SyntaxNode, lowering: Lowering): MappingEntry {
  const { start, end } = node;
  if (node.errors.length > 0) lowering.leftOver.push(...node.errors);
  if (node.type === 'dictionary_splat') {
    return { start, end, value: lowerPart(node.children[0], end, lowering), isSpread: true };
  }
  const keyExpression = lowerPart(childByField(node, 'key'), start, lowering);
  return {
    start,
    end,
    ...staticKey(keyExpression),
    value: lowerPart(childByField(node, 'value'), end, lowering),
    isSpread: false,
  };
}

export function staticKey(keyExpression: Expression): Pick<MappingEntry, 'key' | 'keyExpression'> {
  if (keyExpression.kind !== 'literal') return { keyExpression };
  const { value } = keyExpression;
  return typeof value === 'string' || typeof value === 'number'
    ? { key: String(value), keyExpression }
    : { keyExpression };
}

export function lowerComprehension(
  node: SyntaxNode,
  form: 'list' | 'set' | 'generator',
  lowering: Lowering,
): Expression {
  return {
    kind: 'comprehension',
    start: node.start,
    end: node.end,
    form,
    element: lowerPart(childByField(node, 'body'), node.start, lowering),
    clauses: lowerClauses(node, lowering),
  };
}

export function lowerDictionaryComprehension(node: SyntaxNode, lowering: Lowering): Expression {
  const body = childByField(node, 'body');
  return {
    kind: 'comprehension',
    start: node.start,
    end: node.end,
    form: 'mapping',
    key: lowerPart(body && childByField(body, 'key'), node.start, lowering),
    element: lowerPart(body && childByField(body, 'value'), node.start, lowering),
    clauses: lowerClauses(node, lowering),
  };
}

/** A `for` clause and the `if` clauses after it. */
interface OpenClause {
  readonly target: Expression;
  readonly iterable: Expression;
  readonly start: number;
  end: number;
  readonly conditions: Expression[];
}

function lowerClauses(node: SyntaxNode, lowering: Lowering): ComprehensionClause[] {
  const clauses: OpenClause[] = [];
  for (const child of node.children) {
    if (child.type === 'for_in_clause') clauses.push(lowerForClause(child, lowering));
    const open = clauses.at(-1);
    if (child.type !== 'if_clause' || open === undefined) continue;
    open.conditions.push(lowerPart(child.children[0], child.end, lowering));
    open.end = child.end;
    if (child.errors.length > 0) lowering.leftOver.push(...child.errors);
  }
  return clauses;
}

function lowerForClause(node: SyntaxNode, lowering: Lowering): OpenClause {
  const [first, ...rest] = childrenByField(node, 'right');
  const iterable = lowerPart(first, node.end, lowering);
  if (node.errors.length > 0) lowering.leftOver.push(...node.errors);
  return {
    start: node.start,
    end: node.end,
    target: lowerPart(childByField(node, 'left'), node.start, lowering),
    iterable: rest.length === 0 ? iterable : tupleOf(iterable, rest, lowering),
    conditions: [],
  };
}

/** Python 2 allowed `for x in 1, 2` inside brackets. */
function tupleOf(first: Expression, rest: readonly SyntaxNode[], lowering: Lowering): Expression {
  const elements = [first, ...lowerAll(rest, lowering)];
  return { kind: 'sequence', start: first.start, end: elements.at(-1)?.end ?? first.end, form: 'tuple', elements };
}
