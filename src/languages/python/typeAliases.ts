import type { Expression } from '../../core/ir/expression.ts';
import type { Statement } from '../../core/ir/statement.ts';
import { childByField, type SyntaxNode } from '../../core/syntax/syntaxTree.ts';
import type { Span } from '../../core/text/span.ts';
import { lowerExpression } from './expressions.ts';
import { type Lowering, opaque } from './lowering.ts';
import { lowerIndices } from './subscripts.ts';

const OPENING_PARENTHESIS = 40;

/** `type X[T] = …` binds a name; what a type says is not looked at. */
export function lowerTypeAlias(node: SyntaxNode, lowering: Lowering): Statement[] {
  const { start, end } = node;
  const left = innermostType(childByField(node, 'left'));
  const right = innermostType(childByField(node, 'right'));
  if (left === undefined || right === undefined) return [{ kind: 'opaque', start, end, children: [] }];
  if (lowering.text.charCodeAt(left.start) === OPENING_PARENTHESIS) {
    const target = afterType(left, { start, end: start + 'type'.length }, lowering);
    return [{ kind: 'assign', start, end, targets: [target], value: lowerExpression(right, lowering), operator: '=' }];
  }
  const name = firstIdentifier(left);
  const targets = name === undefined ? [] : [lowerExpression(name, lowering)];
  return [{ kind: 'assign', start, end, targets, value: opaque(right, []), operator: '=' }];
}

/** The grammar takes `type(x).y = v` for an alias as well: the call is put together again from what stands after `type`. */
function afterType(node: SyntaxNode, keyword: Span, lowering: Lowering): Expression {
  const { start } = keyword;
  const { end } = node;
  if (lowering.isTooDeep) return opaque(node, []);
  lowering.depth++;
  const object = childByField(node, 'object') ?? childByField(node, 'value');
  const name = childByField(node, 'attribute');
  const base = object === undefined ? undefined : afterType(object, keyword, lowering);
  lowering.depth--;
  if (base !== undefined && name !== undefined) {
    const nameSpan = { start: name.start, end: name.end };
    return { kind: 'attribute', start, end, object: base, name: lowering.nameAt(name), nameSpan };
  }
  if (base !== undefined && node.type === 'subscript') {
    return { kind: 'subscript', start, end, object: base, indices: lowerIndices(node, lowering) };
  }
  return {
    kind: 'call',
    start,
    end,
    callee: { kind: 'name', ...keyword, name: 'type' },
    args: node.children.map((child) => ({
      start: child.start,
      end: child.end,
      value: lowerExpression(child, lowering),
    })),
    argsSpan: { start: node.start, end },
    isNew: false,
  };
}

/** Through the `type` nodes, and through the annotation of `type(x).y: T = v`. */
function innermostType(node: SyntaxNode | undefined): SyntaxNode | undefined {
  let inner = node;
  while (inner?.type === 'type' || inner?.type === 'constrained_type') inner = inner.children[0];
  return inner;
}

function firstIdentifier(node: SyntaxNode): SyntaxNode | undefined {
  let inner: SyntaxNode | undefined = node;
  while (inner !== undefined && inner.type !== 'identifier') inner = inner.children[0];
  return inner;
}
