import type { FunctionDefinition } from '../ir/definition.ts';
import type { CallExpression } from '../ir/expression.ts';
import type { ApiRole } from './apiEntry.ts';
import type { BoundModule } from './binding/boundModule.ts';
import type { CallGraph } from './callGraph.ts';
import { type Context, frames } from './context.ts';
import type { Phase } from './place.ts';

const TRAINING_ROLES: readonly ApiRole[] = ['train', 'optimizer'];
const INFERENCE_ROLES: readonly ApiRole[] = ['generate', 'encode', 'embed', 'predict', 'hosted-call'];
/** `backward` is a method of tensors, accelerators, engines and scalers alike, and nothing else in ML code is called so. */
const BACKWARD = /^(backward|manual_backward)$/;

interface Marks {
  trains: boolean;
  infers: boolean;
}

/** Tells what a place is part of: a function that trains, or calls one that does, is training; one that only predicts is inference. */
export class Phases {
  private known: Map<FunctionDefinition | undefined, Marks> | undefined;

  constructor(
    private readonly bound: BoundModule,
    private readonly rolesOf: (call: CallExpression) => readonly ApiRole[],
    private readonly graph: CallGraph,
  ) {}

  at(context: Context): Phase {
    for (const owner of owners(context)) {
      const marks = this.marks.get(owner);
      if (marks?.trains) return 'training';
      if (marks?.infers) return 'inference';
    }
    return 'unknown';
  }

  /** Found at the first question. */
  private get marks(): Map<FunctionDefinition | undefined, Marks> {
    this.known ??= this.findMarks();
    return this.known;
  }

  private findMarks(): Map<FunctionDefinition | undefined, Marks> {
    const marks = new Map<FunctionDefinition | undefined, Marks>();
    for (const call of this.bound.calls) {
      const roles = this.rolesOf(call);
      const trains =
        roles.some((role) => TRAINING_ROLES.includes(role)) ||
        (call.callee.kind === 'attribute' && BACKWARD.test(call.callee.name));
      if (trains) this.mark(marks, call, 'trains');
      if (roles.some((role) => INFERENCE_ROLES.includes(role))) this.mark(marks, call, 'infers');
    }
    // One hop up: what calls a training function is a training script's own code.
    for (const definition of this.bound.functions) {
      if (!marks.get(definition)?.trains) continue;
      for (const site of this.graph.callsTo(definition)) this.mark(marks, site, 'trains');
    }
    return marks;
  }

  private mark(found: Map<FunctionDefinition | undefined, Marks>, call: CallExpression, what: keyof Marks): void {
    const info = this.bound.infos.get(call);
    if (!info) return;
    for (const owner of owners(info.context)) {
      const marks = found.get(owner) ?? { trains: false, infers: false };
      marks[what] = true;
      found.set(owner, marks);
    }
  }
}

/** Functions around a place, innermost first; `undefined` stands for module-level code. */
function owners(context: Context): readonly (FunctionDefinition | undefined)[] {
  const around: FunctionDefinition[] = [];
  for (const frame of frames(context)) if (frame.kind === 'function') around.push(frame.definition);
  return around.length > 0 ? around : [undefined];
}
