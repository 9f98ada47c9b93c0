import type { Target } from '../../core/ir/expression.ts';
import type { AssignStatement, Statement } from '../../core/ir/statement.ts';
import { childByField, type SyntaxNode } from '../../core/syntax/syntaxTree.ts';
import { lowerExpression, lowerPart } from './expressions.ts';
import { type Lowering, opaque } from './lowering.ts';

/** `a = b = v` is nested in the grammar and one statement here; a loop, because generated code has long chains. */
export function lowerAssignment(node: SyntaxNode, lowering: Lowering): Statement[] {
  const targets: Target[] = [];
  let inner = node;
  let annotation: string | undefined;
  for (;;) {
    targets.push(lowerPart(childByField(inner, 'left'), inner.start, lowering));
    if (inner.errors.length > 0 && inner !== node) lowering.leftOver.push(...inner.errors);
    annotation ??= annotationOf(inner, lowering);
    const right = childByField(inner, 'right');
    if (right?.type !== 'assignment') return [assign(node, targets, right, annotation, lowering)];
    inner = right;
  }
}

function assign(
  node: SyntaxNode,
  targets: readonly Target[],
  right: SyntaxNode | undefined,
  annotation: string | undefined,
  lowering: Lowering,
): AssignStatement {
  return {
    kind: 'assign',
    start: node.start,
    end: node.end,
    targets,
    ...(right === undefined ? {} : { value: lowerExpression(right, lowering) }),
    operator: '=',
    ...(annotation === undefined ? {} : { annotation }),
  };
}

export function lowerAugmentedAssignment(node: SyntaxNode, lowering: Lowering): Statement[] {
  return [
    {
      kind: 'assign',
      start: node.start,
      end: node.end,
      targets: [lowerPart(childByField(node, 'left'), node.start, lowering)],
      value: lowerPart(childByField(node, 'right'), node.end, lowering),
      operator: childByField(node, 'operator')?.type ?? '',
    },
  ];
}

/** `type X[T] = …` binds a name; what a type says is not looked at. */
export function lowerTypeAlias(node: SyntaxNode, lowering: Lowering): Statement[] {
  const left = childByField(node, 'left');
  const right = childByField(node, 'right');
  const name = left && firstIdentifier(left);
  const { start, end } = node;
  if (name === undefined || right === undefined) return [{ kind: 'opaque', start, end, children: [] }];
  return [
    { kind: 'assign', start, end, targets: [lowerExpression(name, lowering)], value: opaque(right, []), operator: '=' },
  ];
}

function firstIdentifier(node: SyntaxNode): SyntaxNode | undefined {
  let inner: SyntaxNode | undefined = node;
  while (inner !== undefined && inner.type !== 'identifier') inner = inner.children[0];
  return inner;
}

function annotationOf(node: SyntaxNode, lowering: Lowering): string | undefined {
  const type = childByField(node, 'type');
  return type === undefined ? undefined : lowering.textOf(type);
}
