import type { Target } from '../../core/ir/expression.ts';
import type { Statement } from '../../core/ir/statement.ts';
import { childByField, hasToken, type SyntaxNode } from '../../core/syntax/syntaxTree.ts';
import type { Span } from '../../core/text/span.ts';
import { lowerExpression, lowerField } from './expressions.ts';
import type { Lowering } from './lowering.ts';
import { lowerNamespace } from './namespaces.ts';
import { spanOf, unwrap } from './nodes.ts';
import { operatorOf } from './operations.ts';
import { lowerTargetField } from './patterns.ts';

/** An expression as a statement. Assignments become assign statements; `a(), b()`, common in minified code, one statement each. */
export function lowerExpressionStatement(node: SyntaxNode, lowering: Lowering): readonly Statement[] {
  lowering.keepErrors(node);
  const expression = node.children[0];
  return expression === undefined ? [] : lowerAsStatements(expression, spanOf(node), lowering);
}

/** The same for an expression that is no statement of its own: the start of a `for`. */
export function lowerAsStatements(node: SyntaxNode, span: Span, lowering: Lowering): readonly Statement[] {
  const inner = unwrap(node);
  switch (inner.type) {
    case 'sequence_expression':
      return inner.children.flatMap((part) => lowerAsStatements(part, spanOf(part), lowering));
    case 'assignment_expression':
      return [lowerAssignment(inner, span, lowering)];
    case 'augmented_assignment_expression':
      return [lowerAugmented(inner, span, lowering)];
    case 'await_expression':
      return lowerAwait(inner, span, lowering);
    case 'internal_module':
      return lowerNamespace(inner, lowering);
    default:
      return [{ kind: 'expression', expression: lowerExpression(inner, lowering), ...span }];
  }
}

/** `a = b = v` has two targets; `using x = v` declares. */
function lowerAssignment(node: SyntaxNode, span: Span, lowering: Lowering): Statement {
  const targets: Target[] = [];
  let last = node;
  for (;;) {
    targets.push(lowerTargetField(last, 'left', lowering));
    const right = childByField(last, 'right');
    if (right?.type !== 'assignment_expression') break;
    lowering.keepErrors(last);
    last = right;
  }
  lowering.keepErrors(last);
  const value = lowerField(last, 'right', lowering);
  const isDeclaration = hasToken(node, 'using');
  return { kind: 'assign', targets, value, operator: '=', ...(isDeclaration && { declaration: 'using' }), ...span };
}

function lowerAugmented(node: SyntaxNode, span: Span, lowering: Lowering): Statement {
  lowering.keepErrors(node);
  const targets = [lowerTargetField(node, 'left', lowering)];
  const value = lowerField(node, 'right', lowering);
  return { kind: 'assign', targets, value, operator: operatorOf(node, lowering), ...span };
}

/** The grammar reads `await using x = v` as `await` of an assignment. */
function lowerAwait(node: SyntaxNode, span: Span, lowering: Lowering): readonly Statement[] {
  const assignment = node.children[0];
  if (assignment?.type === 'assignment_expression' && hasToken(assignment, 'using')) {
    return [lowerAssignment(assignment, span, lowering)];
  }
  return [{ kind: 'expression', expression: lowerExpression(node, lowering), ...span }];
}
