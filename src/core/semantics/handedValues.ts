import type { FunctionDefinition } from '../ir/definition.ts';
import type { CallExpression } from '../ir/expression.ts';
import type { BoundModule } from './binding/boundModule.ts';
import type { Evaluator } from './evaluator.ts';
import { type ArgumentPlace, ParameterUses, placeOf } from './parameterUses.ts';
import type { ValueUse } from './program.ts';

/** Functions that hand a value on are followed this far. */
const MOST_HOPS = 4;

/** What the workspace's own functions do with a value that they are handed. */
export class HandedValues {
  private readonly parameters: ParameterUses;

  constructor(
    bound: BoundModule,
    private readonly evaluator: Evaluator,
  ) {
    this.parameters = new ParameterUses(bound);
  }

  /** Names of the methods that are called on it there. */
  methods(uses: readonly ValueUse[]): readonly string[] {
    const names = uses.flatMap(({ expression, call }) => {
      const at = call && placeOf(expression, call.node);
      return call && at !== undefined ? this.inCallees(call.node, at, new Set()) : [];
    });
    return [...new Set(names)];
  }

  private inCallees(call: CallExpression, at: ArgumentPlace, seen: Set<FunctionDefinition>): readonly string[] {
    const own = this.evaluator.calledFunctions(call).flatMap((definition) => this.inFunction(definition, at, seen));
    const elsewhere = this.evaluator
      .values(call.callee)
      .flatMap((value) =>
        value.kind === 'externalFunction' ? (this.evaluator.links?.parameterMethods(value, at) ?? []) : [],
      );
    return [...own, ...elsewhere];
  }

  private inFunction(
    definition: FunctionDefinition,
    at: ArgumentPlace,
    seen: Set<FunctionDefinition>,
  ): readonly string[] {
    const parameter = this.parameters.parameterAt(definition, at);
    if (!parameter || seen.has(definition) || seen.size >= MOST_HOPS) return [];
    seen.add(definition);
    const further = this.parameters
      .handedTo(parameter)
      .flatMap(({ call, at: next }) => this.inCallees(call, next, seen));
    return [...this.parameters.methods(parameter), ...further];
  }
}
