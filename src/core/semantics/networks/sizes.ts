import type { FunctionDefinition } from '../../ir/definition.ts';
import type { CallExpression, Expression } from '../../ir/expression.ts';
import { walk } from '../../ir/walk.ts';
import type { Program } from '../program.ts';

/** Bounds of a number that the text proves. */
export interface Bounds {
  readonly low: number;
  readonly high: number;
}

const MOST_STEPS = 8;

/** Numbers inside one function, for given values of its parameters. */
export class Sizes {
  private written: ReadonlyMap<string, readonly Expression[]> | undefined;

  constructor(
    private readonly program: Program,
    private readonly owner: FunctionDefinition | undefined,
    private readonly parameters: ReadonlyMap<string, Bounds>,
  ) {}

  /** The largest value that the expression can have; `undefined` where that is not proved. */
  most(expression: Expression | undefined): number | undefined {
    return expression && this.bounds(expression)?.high;
  }

  /** Each element of a written tuple or list; a single number stands for `rank` equal ones. */
  shape(expression: Expression | undefined, rank = 1): readonly number[] | undefined {
    if (expression === undefined) return undefined;
    const written = this.sequence(expression);
    const sizes = written
      ? written.map((element) => this.most(element))
      : Array.from({ length: rank }, () => this.most(expression));
    return sizes.every((size) => size !== undefined) ? sizes : undefined;
  }

  bounds(expression: Expression, steps = 0): Bounds | undefined {
    const numbers = this.program
      .values(expression)
      .map((value) => (value.kind === 'constant' ? value.value : undefined));
    if (numbers.length > 0 && numbers.every((number) => typeof number === 'number'))
      return { low: Math.min(...numbers), high: Math.max(...numbers) };
    if (steps > MOST_STEPS) return undefined;
    switch (expression.kind) {
      case 'name':
      case 'attribute':
        return this.ofName(expression, steps);
      case 'operation':
        return this.ofOperation(expression.operator, expression.operands, steps);
      case 'call': {
        const [first] = expression.args;
        const isWhole = expression.callee.kind === 'name' && expression.callee.name === 'int';
        return isWhole && first && expression.args.length === 1 ? this.bounds(first.value, steps + 1) : undefined;
      }
      default:
        return undefined;
    }
  }

  /** What a call gives to the parameters of a function of this file, and the defaults of the others. */
  bind(
    definition: FunctionDefinition,
    call: CallExpression | undefined,
    skipsFirst: boolean,
  ): ReadonlyMap<string, Bounds> {
    const bound = new Map<string, Bounds>();
    const parameters = definition.parameters.slice(skipsFirst ? 1 : 0);
    const positional = call?.args.filter(({ name }) => name === undefined) ?? [];
    for (const [index, { target, defaultValue, rest }] of parameters.entries()) {
      if (target.kind !== 'name' || rest !== undefined) continue;
      const given = call?.args.find(({ name }) => name === target.name) ?? positional[index];
      if (call?.args.some(({ spread }) => spread !== undefined)) continue;
      const size = given ? this.bounds(given.value) : defaultValue && this.bounds(defaultValue);
      if (size) bound.set(target.name, size);
    }
    return bound;
  }

  private sequence(expression: Expression): readonly Expression[] | undefined {
    if (expression.kind === 'sequence') return expression.elements;
    const [value, ...others] = this.program.values(expression);
    const isWritten = value?.kind === 'collection' && others.length === 0 && value.node.kind === 'sequence';
    return isWritten && value.node.kind === 'sequence' ? value.node.elements : undefined;
  }

  /** A parameter that is never written, or a variable or attribute that is written once. */
  private ofName(expression: Expression, steps: number): Bounds | undefined {
    const name = this.program.text(expression);
    this.written ??= writtenIn(this.program, this.owner);
    const values = this.written.get(name) ?? [];
    if (values.length === 0) return this.parameters.get(name);
    const [value] = values;
    return value && values.length === 1 && !this.parameters.has(name) ? this.bounds(value, steps + 1) : undefined;
  }

  private ofOperation(operator: string, operands: readonly Expression[], steps: number): Bounds | undefined {
    const [left, right] = operands.map((operand) => this.bounds(operand, steps + 1));
    if (!left || !right || operands.length !== 2 || left.low < 0 || right.low < 0) return undefined;
    switch (operator) {
      case '+':
        return { low: left.low + right.low, high: left.high + right.high };
      case '-':
        return { low: left.low - right.high, high: left.high - right.low };
      case '*':
        return { low: left.low * right.low, high: left.high * right.high };
      case '**':
        return { low: left.low ** right.low, high: left.high ** right.high };
      case '/':
      case '//':
        return right.low === 0 ? undefined : { low: Math.floor(left.low / right.high), high: left.high / right.low };
      default:
        return undefined;
    }
  }
}

/** Everything that the function puts into names and attributes, by their text; what is changed in place counts as another value. */
function writtenIn(
  program: Program,
  owner: FunctionDefinition | undefined,
): ReadonlyMap<string, readonly Expression[]> {
  const found = new Map<string, Expression[]>();
  const note = (target: Expression, value: Expression): void => {
    if (target.kind === 'sequence') for (const element of target.elements) note(element, target);
    else found.set(program.text(target), [...(found.get(program.text(target)) ?? []), value]);
  };
  for (const { kind, node } of walk(owner?.body ?? [])) {
    if (kind === 'statement' && node.kind === 'assign') {
      for (const target of node.targets) note(target, node.operator === '=' && node.value ? node.value : target);
      if (node.operator !== '=') for (const target of node.targets) note(target, target);
    }
    if (kind === 'statement' && node.kind === 'for' && node.target) note(node.target, node.target);
    if (kind === 'expression' && node.kind === 'assignment') note(node.target, node.target);
  }
  return found;
}
