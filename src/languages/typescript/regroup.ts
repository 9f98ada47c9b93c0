import type { SyntaxNode } from '../../core/syntax/syntaxTree.ts';
import { unwrap } from './nodes.ts';

const postfixTypes: ReadonlySet<string> = new Set(['call_expression', 'member_expression', 'subscript_expression']);
const assertionTypes: ReadonlySet<string> = new Set(['as_expression', 'satisfies_expression']);
/** Longer chains are cut by the depth limit anyway; walking them from each of their links would take quadratic time. */
const longestChain = 300;
const prefixTypes: ReadonlySet<string> = new Set(['await_expression', 'unary_expression', 'binary_expression']);

/**
 * Undoes two misreadings of the grammar. Without parentheses neither is ever meant:
 * - `await f<T>(x).y` and `!f<T>(x)` take the operator as part of the callee, `(await f)<T>(x).y`: the operator moves
 *   outside, `await (f<T>(x).y)`;
 * - `x as A.B.C` takes the end of the type as a property, `(x as A.B).C`: the assertion is all there is.
 */
export function regroup(node: SyntaxNode): SyntaxNode {
  if (!postfixTypes.has(node.type)) return node;
  const chain = [node];
  let head = headOf(node);
  while (head !== undefined && postfixTypes.has(head.type)) {
    if (chain.length > longestChain) return node;
    chain.push(head);
    head = headOf(head);
  }
  if (head === undefined) return node;
  if (assertionTypes.has(head.type) && !chain.some((link) => link.type === 'call_expression')) {
    return regroup(unwrap(head));
  }
  return prefixTypes.has(head.type) ? withOperatorOutside(head, chain, node) : node;
}

function withOperatorOutside(head: SyntaxNode, chain: readonly SyntaxNode[], node: SyntaxNode): SyntaxNode {
  const operand = head.children.at(-1);
  if (operand === undefined) return node;
  let moved = operand;
  for (const link of chain.toReversed()) moved = withHead(link, moved);
  return {
    ...head,
    field: node.field,
    end: node.end,
    children: [...head.children.slice(0, -1), { ...moved, field: operand.field }],
  };
}

/** The callee or object at the start of a postfix expression, as written. */
function headOf(node: SyntaxNode): SyntaxNode | undefined {
  const head = node.children[0];
  return head?.field === 'function' || head?.field === 'object' ? head : undefined;
}

function withHead(node: SyntaxNode, head: SyntaxNode): SyntaxNode {
  const [old, ...rest] = node.children;
  return { ...node, start: head.start, children: [{ ...head, field: old?.field }, ...rest] };
}
