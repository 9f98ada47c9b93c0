import type { FunctionDefinition } from '../ir/definition.ts';
import type { CallExpression, Expression } from '../ir/expression.ts';
import type { BoundModule } from './binding/boundModule.ts';
import type { Evaluator } from './evaluator.ts';
import { type Handling, handedToLibrary, joined, UNKNOWN_HANDLING } from './handling.ts';
import { type ArgumentPlace, ParameterUses, placeOf } from './parameterUses.ts';
import type { Value } from './value.ts';

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

  /** What the functions that a call can run do with one of its arguments. */
  handling(call: CallExpression, argument: Expression): Handling {
    const at = placeOf(argument, call);
    return at === undefined ? UNKNOWN_HANDLING : this.inCallees(call, at, new Set());
  }

  private inCallees(call: CallExpression, at: ArgumentPlace, seen: Set<FunctionDefinition>): Handling {
    const own = this.evaluator.calledFunctions(call).map((definition) => this.inFunction(definition, at, seen));
    const elsewhere = this.evaluator.values(call.callee).flatMap((value) => this.inValue(value, at));
    const found = [...own, ...elsewhere];
    return found.length > 0 ? joined(found) : UNKNOWN_HANDLING;
  }

  /** Of what stands in another file or library; functions of this module are followed themselves. */
  private inValue(value: Value, at: ArgumentPlace): readonly Handling[] {
    switch (value.kind) {
      case 'externalFunction':
        return [this.evaluator.links?.parameterHandling(value, at) ?? UNKNOWN_HANDLING];
      case 'symbol':
        return [handedToLibrary(value.name)];
      case 'constant':
        return value.value === null ? [] : [UNKNOWN_HANDLING];
      case 'function':
      case 'class':
      case 'object':
        return [];
      default:
        return [UNKNOWN_HANDLING];
    }
  }

  private inFunction(definition: FunctionDefinition, at: ArgumentPlace, seen: Set<FunctionDefinition>): Handling {
    const parameter = this.parameters.parameterAt(definition, at);
    if (!parameter) return UNKNOWN_HANDLING;
    // A function that calls itself does what it does.
    if (seen.has(definition)) return joined([]);
    if (seen.size >= MOST_HOPS) return UNKNOWN_HANDLING;
    seen.add(definition);
    const further = this.parameters
      .handedTo(parameter)
      .map(({ call, at: next }) => (next === undefined ? UNKNOWN_HANDLING : this.inCallees(call, next, seen)));
    const methods = this.parameters.methods(parameter);
    return joined([{ methods, callees: [], isKept: this.parameters.isKept(parameter) }, ...further]);
  }
}
