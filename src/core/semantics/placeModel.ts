import type { FunctionDefinition } from '../ir/definition.ts';
import type { Expression } from '../ir/expression.ts';
import type { ExternalLoop, ExternalReach } from '../workspace/linkFacts.ts';
import type { CallGraph } from './callGraph.ts';
import { type Context, enclosingFunction } from './context.ts';
import type { Gradients } from './gradients.ts';
import type { Loops } from './loops.ts';
import type { Memoisation } from './memoisation/memoisation.ts';
import type { Phases } from './phases.ts';
import type { EntryPoint, Loop, Phase, Place } from './place.ts';

/** What places are judged by. */
export interface PlaceJudges {
  readonly graph: CallGraph;
  readonly loops: Loops;
  readonly memoisation: Memoisation;
  readonly gradients: Gradients;
  readonly phases: Phases;
  readonly reach: ReadonlyMap<FunctionDefinition, ExternalReach>;
  isCalled(definition: FunctionDefinition): boolean;
  /** What calls a function once per item, getting it by name. */
  loopAround(definition: FunctionDefinition): Loop | undefined;
}

/** One place; each of its facts is found when it is asked for, because most rules ask for one of them. */
export class PlaceModel implements Place {
  declare readonly function?: FunctionDefinition;
  private knownLoops: readonly Loop[] | undefined;
  private knownMemoised: boolean | undefined;

  constructor(
    private readonly expression: Expression,
    private readonly context: Context,
    private readonly judges: PlaceJudges,
  ) {
    const owner = enclosingFunction(context);
    if (owner) this.function = owner;
  }

  get loops(): readonly Loop[] {
    this.knownLoops ??= this.judges.loops.around(this.context);
    return this.knownLoops;
  }

  get perItem(): Loop | undefined {
    return this.function && this.judges.loopAround(this.function);
  }

  get externalLoops(): readonly ExternalLoop[] {
    return (this.function && this.judges.reach.get(this.function)?.loops) ?? [];
  }

  get entryPoint(): EntryPoint | undefined {
    return this.judges.graph.entryPoint(this.context);
  }

  get isMemoised(): boolean {
    this.knownMemoised ??= this.judges.memoisation.isMemoised(this.expression);
    return this.knownMemoised;
  }

  get gradients(): 'on' | 'off' | 'unknown' {
    return this.judges.gradients.at(this.context);
  }

  get phase(): Phase {
    return this.judges.phases.at(this.context);
  }

  get callers(): 'module' | 'some' | 'none' {
    if (!this.function) return 'module';
    return this.judges.isCalled(this.function) ? 'some' : 'none';
  }
}
