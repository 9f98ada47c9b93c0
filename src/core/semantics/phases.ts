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
  private readonly marks = new Map<FunctionDefinition | undefined, Marks>();

  constructor(
    private readonly bound: BoundModule,
    rolesOf: (call: CallExpression) => readonly ApiRole[],
    graph: CallGraph,
  ) {
    for (const call of bound.calls) {
      const roles = rolesOf(call);
      const trains =
        roles.some((role) => TRAINING_ROLES.includes(role)) ||
        (call.callee.kind === 'attribute' && BACKWARD.test(call.callee.name));
      if (trains) this.mark(call, 'trains');
      if (roles.some((role) => INFERENCE_ROLES.includes(role))) this.mark(call, 'infers');
    }
    // One hop up: what calls a training function is a training script's own code.
    for (const definition of bound.functions) {
      if (!this.marks.get(definition)?.trains) continue;
      for (const site of graph.callsTo(definition)) this.mark(site, 'trains');
    }
  }

  at(context: Context): Phase {
    for (const owner of owners(context)) {
      const marks = this.marks.get(owner);
      if (marks?.trains) return 'training';
      if (marks?.infers) return 'inference';
    }
    return 'unknown';
  }

  private mark(call: CallExpression, what: keyof Marks): void {
    const info = this.bound.infos.get(call);
    if (!info) return;
    for (const owner of owners(info.context)) {
      const marks = this.marks.get(owner) ?? { trains: false, infers: false };
      marks[what] = true;
      this.marks.set(owner, marks);
    }
  }
}

/** Functions around a place, innermost first; `undefined` stands for module-level code. */
function owners(context: Context): readonly (FunctionDefinition | undefined)[] {
  const around: FunctionDefinition[] = [];
  for (const frame of frames(context)) if (frame.kind === 'function') around.push(frame.definition);
  return around.length > 0 ? around : [undefined];
}
