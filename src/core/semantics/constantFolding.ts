import type { Expression, OperationExpression, TemplateExpression } from '../ir/expression.ts';
import type { Value } from './value.ts';

type Scalar = string | number | boolean | null;

const UNKNOWN_VALUE: Value = { kind: 'unknown' };

/** Value of an operation or template whose operands are constants: arithmetic, concatenation, `not`. */
export function foldOperation(
  node: OperationExpression | TemplateExpression,
  valuesOf: (part: Expression) => readonly Value[],
): Value {
  const parts = node.kind === 'template' ? node.parts : node.operands;
  const constants: Scalar[] = [];
  for (const part of parts) {
    const constant = typeof part === 'string' ? part : only(valuesOf(part));
    if (constant === undefined) return UNKNOWN_VALUE;
    constants.push(constant);
  }
  const folded = node.kind === 'template' ? constants.map(String).join('') : fold(node.operator, constants);
  return folded === undefined ? UNKNOWN_VALUE : { kind: 'constant', value: folded, node };
}

function only(values: readonly Value[]): Scalar | undefined {
  const [value] = values;
  return values.length === 1 && value?.kind === 'constant' ? value.value : undefined;
}

function fold(operator: string, operands: readonly Scalar[]): Scalar | undefined {
  const [left, right] = operands;
  if (operands.length === 1) {
    if (operator === '-' && typeof left === 'number') return -left;
    if (operator === '+' && typeof left === 'number') return left;
    if (operator === 'not' || operator === '!') return !left;
    return undefined;
  }
  if (operator === '+' && typeof left === 'string' && typeof right === 'string') return left + right;
  if (typeof left !== 'number' || typeof right !== 'number') return undefined;
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return right === 0 ? undefined : left / right;
    case '//':
      return right === 0 ? undefined : Math.floor(left / right);
    case '**':
      return left ** right;
    default:
      return undefined;
  }
}
