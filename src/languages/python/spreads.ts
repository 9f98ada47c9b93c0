import type { Expression, SpreadExpression } from '../../core/ir/expression.ts';

/**
 * The grammar may bind a star tighter than what follows: `[*a.b()]` comes as `(*a).b()`, which Python does not allow.
 * Gives `*(a.b())` for such an expression, and every other one as it is.
 */
export function withSpreadOutside(expression: Expression): Expression {
  switch (expression.kind) {
    case 'attribute': {
      const { object } = expression;
      return object.kind === 'spread'
        ? spreadOf(object, { ...expression, ...from(object), object: object.value })
        : expression;
    }
    case 'subscript': {
      const { object } = expression;
      return object.kind === 'spread'
        ? spreadOf(object, { ...expression, ...from(object), object: object.value })
        : expression;
    }
    case 'call': {
      const { callee } = expression;
      return callee.kind === 'spread'
        ? spreadOf(callee, { ...expression, ...from(callee), callee: callee.value })
        : expression;
    }
    case 'logical': {
      const { left } = expression;
      return left.kind === 'spread' ? spreadOf(left, { ...expression, ...from(left), left: left.value }) : expression;
    }
    case 'conditional': {
      const { consequent } = expression;
      return consequent.kind === 'spread'
        ? spreadOf(consequent, { ...expression, ...from(consequent), consequent: consequent.value })
        : expression;
    }
    case 'operation': {
      const [first, ...rest] = expression.operands;
      return first?.kind === 'spread' && first.start === expression.start
        ? spreadOf(first, { ...expression, ...from(first), operands: [first.value, ...rest] })
        : expression;
    }
    default:
      return expression;
  }
}

function from(spread: SpreadExpression): { readonly start: number } {
  return { start: spread.value.start };
}

function spreadOf(spread: SpreadExpression, value: Expression): SpreadExpression {
  return { kind: 'spread', start: spread.start, end: value.end, value };
}
