import type { Expression, MappingEntry } from '../../core/ir/expression.ts';
import type { MatchStatement, Statement } from '../../core/ir/statement.ts';
import { childByField, childrenByField, type SyntaxNode } from '../../core/syntax/syntaxTree.ts';
import type { Span } from '../../core/text/span.ts';
import { staticKey } from './collections.ts';
import { lowerAll, lowerExpression, lowerPart } from './expressions.ts';
import { type Lowering, missingAt, opaque } from './lowering.ts';
import { lowerBranch } from './statements.ts';
import { hasCommaBetween } from './trivia.ts';

type MatchCase = MatchStatement['cases'][number];

export function lowerMatch(node: SyntaxNode, lowering: Lowering): Statement[] {
  const subjects = childrenByField(node, 'subject');
  const [first] = subjects;
  const subject: Expression =
    first === undefined || subjects.length === 1
      ? lowerPart(first, node.start, lowering)
      : {
          kind: 'sequence',
          start: first.start,
          end: subjects.at(-1)?.end ?? first.end,
          form: 'tuple',
          elements: lowerAll(subjects, lowering),
        };
  const block = childByField(node, 'body');
  if (block !== undefined && block.errors.length > 0) lowering.leftOver.push(...block.errors);
  const cases = block?.children.filter((child) => child.type === 'case_clause') ?? [];
  return [
    {
      kind: 'match',
      start: node.start,
      end: node.end,
      subject,
      cases: cases.map((clause) => lowerCase(clause, lowering)),
    },
  ];
}

function lowerCase(node: SyntaxNode, lowering: Lowering): MatchCase {
  const patterns = node.children.filter((child) => child.type === 'case_pattern');
  const guard = childByField(node, 'guard')?.children[0];
  if (node.errors.length > 0) lowering.leftOver.push(...node.errors);
  return {
    patterns: casePatterns(patterns, lowering),
    ...(guard === undefined ? {} : { guard: lowerExpression(guard, lowering) }),
    body: lowerBranch(childByField(node, 'consequence'), lowering),
  };
}

/** `case a | b` has two patterns; `case a, b` has one, a sequence. */
function casePatterns(nodes: readonly SyntaxNode[], lowering: Lowering): Expression[] {
  const [first, second] = nodes;
  if (first === undefined) return [];
  if (second === undefined) {
    const inner = first.children[0];
    return inner?.type === 'union_pattern' ? alternatives(inner, lowering) : [lowerPattern(first, lowering)];
  }
  const end = nodes.at(-1)?.end ?? first.end;
  return [{ kind: 'sequence', start: first.start, end, form: 'tuple', elements: patterns(nodes, lowering) }];
}

function patterns(nodes: readonly SyntaxNode[], lowering: Lowering): Expression[] {
  return nodes.map((node) => lowerPattern(node, lowering));
}

/** Alternatives of `a | -1 | b`; the minus sign is a token of the union. */
function alternatives(node: SyntaxNode, lowering: Lowering): Expression[] {
  const signs = node.tokens.filter((token) => token.type === '-');
  return node.children.map((child) => {
    const pattern = lowerPattern(child, lowering);
    const sign = signs.find(({ end }) => end <= child.start && lowering.text.slice(end, child.start).trim() === '');
    return sign === undefined ? pattern : negative(sign, pattern);
  });
}

function negative(sign: Span, pattern: Expression): Expression {
  return { kind: 'operation', start: sign.start, end: pattern.end, operator: '-', operands: [pattern] };
}

/** Names in a pattern are captures, but for the class of a class pattern, which is no call: nothing is constructed. */
function lowerPattern(node: SyntaxNode, lowering: Lowering): Expression {
  if (lowering.isTooDeep) return opaque(node, []);
  lowering.depth++;
  const pattern = lowerShallow(node, lowering);
  lowering.depth--;
  if (node.errors.length > 0) lowering.leftOver.push(...node.errors);
  return pattern;
}

function lowerShallow(node: SyntaxNode, lowering: Lowering): Expression {
  const { start, end } = node;
  switch (node.type) {
    case 'case_pattern':
      return lowerWrapped(node, lowering);
    case 'dotted_name':
      return lowerDottedName(node, lowering);
    case 'list_pattern':
      return { kind: 'sequence', start, end, form: 'list', elements: patterns(node.children, lowering) };
    case 'tuple_pattern':
      return lowerTuple(node, lowering);
    case 'splat_pattern':
      return { kind: 'spread', start, end, value: lowerCapture(node, lowering) };
    case 'dict_pattern':
      return { kind: 'mapping', start, end, entries: lowerEntries(node, lowering) };
    case 'class_pattern':
      return { kind: 'operation', start, end, operator: 'case', operands: patterns(node.children, lowering) };
    case 'keyword_pattern':
      return opaque(node, patterns(node.children.slice(1), lowering));
    case 'as_pattern':
      return opaque(node, patterns(node.children, lowering));
    case 'union_pattern':
      return opaque(node, alternatives(node, lowering));
    case 'complex_pattern':
      return opaque(node, []);
    default:
      return lowerExpression(node, lowering);
  }
}

/** `_` and a minus sign are anonymous in the grammar. */
function lowerWrapped(node: SyntaxNode, lowering: Lowering): Expression {
  const inner = node.children[0];
  if (inner === undefined) return lowerCapture(node, lowering);
  const pattern = lowerPattern(inner, lowering);
  const sign = node.tokens.find((token) => token.type === '-');
  return sign === undefined ? pattern : negative(sign, pattern);
}

/** Parentheses around one pattern only group, as in expressions. */
function lowerTuple(node: SyntaxNode, lowering: Lowering): Expression {
  const [first, second] = node.children;
  if (first !== undefined && second === undefined && !hasCommaBetween(first.end, node.end, lowering.text)) {
    return lowerPattern(first, lowering);
  }
  const { start, end } = node;
  return { kind: 'sequence', start, end, form: 'tuple', elements: patterns(node.children, lowering) };
}

function lowerCapture(node: SyntaxNode, lowering: Lowering): Expression {
  const name = node.children[0] ?? node.tokens.find((token) => token.type === '_');
  if (name === undefined) return missingAt(node.end);
  return { kind: 'name', start: name.start, end: name.end, name: lowering.nameAt(name) };
}

function lowerDottedName(node: SyntaxNode, lowering: Lowering): Expression {
  const [first, ...rest] = node.children;
  let expression = lowerPart(first, node.start, lowering);
  for (const { start, end } of rest) {
    const name = lowering.nameAt({ start, end });
    expression = { kind: 'attribute', start: node.start, end, object: expression, name, nameSpan: { start, end } };
  }
  return expression;
}

function lowerEntries(node: SyntaxNode, lowering: Lowering): MappingEntry[] {
  const entries: MappingEntry[] = [];
  let key: SyntaxNode | undefined;
  for (const child of node.children) {
    if (child.field === 'key') key = child;
    else if (child.type === 'splat_pattern') {
      entries.push({ start: child.start, end: child.end, value: lowerCapture(child, lowering), isSpread: true });
    } else {
      const keyExpression = key === undefined ? missingAt(child.start) : lowerPattern(key, lowering);
      const value = lowerPattern(child, lowering);
      entries.push({ start: keyExpression.start, end: child.end, ...staticKey(keyExpression), value, isSpread: false });
    }
  }
  return entries;
}
