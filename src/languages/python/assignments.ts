import type { Target } from '../../core/ir/expression.ts';
import type { AssignStatement, Statement } from '../../core/ir/statement.ts';
import { childByField, type SyntaxNode } from '../../core/syntax/syntaxTree.ts';
import { lowerExpression, lowerPart } from './expressions.ts';
import type { Lowering } from './lowering.ts';

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

function annotationOf(node: SyntaxNode, lowering: Lowering): string | undefined {
  const type = childByField(node, 'type');
  return type === undefined ? undefined : lowering.textOf(type);
}
