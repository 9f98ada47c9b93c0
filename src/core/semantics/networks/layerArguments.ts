import type { CallExpression, Expression } from '../../ir/expression.ts';
import type { Sizes } from './sizes.ts';

/** Arguments of a layer's construction, by keyword or position. */
export class LayerArguments {
  constructor(
    private readonly call: CallExpression,
    private readonly sizes: Sizes,
  ) {}

  expression(name: string, position?: number): Expression | undefined {
    const { args } = this.call;
    const positional = args.filter((argument) => argument.name === undefined);
    const given = args.find((argument) => argument.name === name) ?? positional[position ?? args.length];
    return given?.value;
  }

  /** Not a number where it is given and not proved, so that it spoils what is computed from it. */
  size(name: string, position?: number, otherwise = Number.NaN): number {
    const expression = this.expression(name, position);
    return expression ? (this.sizes.most(expression) ?? Number.NaN) : otherwise;
  }

  /** Elements of a tuple, or `rank` times a single number; not numbers where they are not proved. */
  shape(name: string, position: number | undefined, rank = 1): readonly number[] {
    return this.sizes.shape(this.expression(name, position), rank) ?? [Number.NaN];
  }

  product(name: string, position: number, rank = 1): number {
    return productOf(this.shape(name, position, rank));
  }

  isGiven(name: string): boolean {
    return this.call.args.some((argument) => argument.name === name);
  }
}

export function productOf(sizes: readonly number[]): number {
  return sizes.reduce((product, size) => product * size, 1);
}
