import type { Target } from '../../core/ir/expression.ts';
import { childByField, type SyntaxNode } from '../../core/syntax/syntaxTree.ts';
import { lowerArray, lowerObject } from './collections.ts';
import { lowerExpression, lowerField } from './expressions.ts';
import type { Lowering } from './lowering.ts';
import { spanOf, unwrap } from './nodes.ts';
import { emptyOpaque } from './opaque.ts';

/** Lowers what is assigned, declared or bound: a name, a member, or a destructuring pattern with defaults and rest. */
export function lowerTarget(node: SyntaxNode, lowering: Lowering): Target {
  const inner = unwrap(node);
  return lowering.nested(
    1,
    () => dispatch(inner, lowering),
    () => emptyOpaque(inner.start, inner.end),
  );
}

export function lowerTargetField(node: SyntaxNode, field: string, lowering: Lowering): Target {
  const child = childByField(node, field);
  return child === undefined ? emptyOpaque(node.start) : lowerTarget(child, lowering);
}

function dispatch(node: SyntaxNode, lowering: Lowering): Target {
  switch (node.type) {
    case 'undefined':
      return { kind: 'name', name: 'undefined', ...spanOf(node) };
    case 'array_pattern':
      return lowerArray(node, lowering);
    case 'object_pattern':
      return lowerObject(node, lowering);
    case 'assignment_pattern':
    case 'object_assignment_pattern':
      return lowerDefault(node, lowering);
    case 'rest_pattern':
      return lowerRest(node, lowering);
    default:
      return lowerExpression(node, lowering);
  }
}

function lowerDefault(node: SyntaxNode, lowering: Lowering): Target {
  const target = lowerTargetField(node, 'left', lowering);
  return { kind: 'assignment', target, operator: '=', value: lowerField(node, 'right', lowering), ...spanOf(node) };
}

function lowerRest(node: SyntaxNode, lowering: Lowering): Target {
  const child = node.children[0];
  const value = child === undefined ? emptyOpaque(node.end) : lowerTarget(child, lowering);
  return { kind: 'spread', value, ...spanOf(node) };
}
