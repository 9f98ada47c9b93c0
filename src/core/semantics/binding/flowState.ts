import type { Binding, Definition } from './scope.ts';

/** Which definitions of each local binding can reach the present point. */
export class FlowState {
  private constructor(private readonly reaching: Map<Binding, readonly Definition[]>) {}

  static empty(): FlowState {
    return new FlowState(new Map());
  }

  copy(): FlowState {
    return new FlowState(new Map(this.reaching));
  }

  get(binding: Binding): readonly Definition[] {
    return this.reaching.get(binding) ?? [];
  }

  set(definition: Definition): void {
    this.reaching.set(definition.binding, [definition]);
  }

  /** An augmented or conditional assignment: the old definitions stay possible. */
  add(definition: Definition): void {
    this.reaching.set(definition.binding, union(this.get(definition.binding), [definition]));
  }

  /** Joins the states at the end of alternative paths; unreachable ones (`undefined`) do not count. */
  static join(states: readonly (FlowState | undefined)[]): FlowState | undefined {
    const reachable = states.filter((state) => state !== undefined);
    const first = reachable[0];
    if (!first) return undefined;
    if (reachable.length === 1) return first;
    const joined = new Map(first.reaching);
    for (const state of reachable.slice(1)) {
      for (const [binding, definitions] of state.reaching)
        joined.set(binding, union(joined.get(binding) ?? [], definitions));
    }
    return new FlowState(joined);
  }
}

export function union<T>(left: readonly T[], right: readonly T[]): readonly T[] {
  if (left === right || right.length === 0) return left;
  if (left.length === 0) return right;
  const added = right.filter((item) => !left.includes(item));
  return added.length === 0 ? left : [...left, ...added];
}
