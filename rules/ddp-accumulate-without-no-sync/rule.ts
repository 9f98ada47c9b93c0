import { defineRule, type Hit } from '../../src/core/engine/rule.ts';
import type { Loop } from '../../src/core/semantics/place.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { contains } from '../../src/core/text/span.ts';
import { codeText } from '../shared/codeText.ts';
import { methodName } from '../shared/devices.ts';
import { enclosing } from '../shared/enclosing.ts';

interface State {
  readonly backward: Call;
  readonly step: Call;
  readonly loop: Loop;
}

const WRAPS = /^torch\.nn\.parallel\.DistributedDataParallel$/;
/** The code leaves the exchange out itself, or a framework does. */
const MANAGED =
  /no_sync|require_backward_grad_sync|accumulate\(|\baccelerate\b|lightning|deepspeed|horovod|fsdp|set_requires_gradient_sync/i;

export default defineRule<State>({
  meta: {
    id: 'ddp-accumulate-without-no-sync',
    title: 'Gradients are exchanged in steps that only accumulate',
    category: 'training-efficiency',
    languages: ['python'],
    tier: 'recommended',
    fixes: [],
    catalogue: ['ddp-accumulate-no-sync'],
    libraries: ['torch'],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark || MANAGED.test(codeText(program))) return;
    if (!program.calls.some(({ name }) => WRAPS.test(name ?? ''))) return;
    for (const backward of program.calls) {
      const state = judge(program, backward);
      if (state) yield report(state);
    }
  },
});

/** A backward pass in every turn and an optimiser that steps in every n-th. */
function judge(program: Program, backward: Call): State | undefined {
  if (methodName(backward) !== 'backward') return undefined;
  const [loop] = backward.place.loops;
  if (loop === undefined || turnCondition(program, backward, loop)) return undefined;
  const step = program.calls.find(
    (call) =>
      methodName(call) === 'step' && call.place.loops[0]?.start === loop.start && turnCondition(program, call, loop),
  );
  return step && { backward, step, loop };
}

/** Stands under `if (index + 1) % steps == 0:` inside the loop. */
function turnCondition(program: Program, call: Call, loop: Loop): boolean {
  return enclosing(program.module, call.node).statements.some(
    (node) =>
      node.kind === 'if' &&
      contains(loop, node) &&
      node.consequent.some((inner) => contains(inner, call.node)) &&
      /%\s*[\w.]*accum[\w.]*|%[^=!<>]*(==|!=)\s*0/i.test(program.text(node.test)),
  );
}

function report(state: State): Hit<State> {
  const { backward, step, loop } = state;
  return {
    span: { start: backward.node.start, end: backward.node.end },
    severity: 'information',
    message: {
      what: 'All processes exchange their gradients in this backward pass, also in the steps that only accumulate.',
      why: 'DistributedDataParallel averages the gradients in every backward pass; only the pass before the optimiser’s step needs it.',
      advice: 'Run the other passes under `with model.no_sync():`.',
      condition: 'It matters most where the GPUs are connected slowly, and needs more than one of them.',
    },
    related: [
      { span: loop.head, message: 'runs in every turn of this loop' },
      { span: { start: step.node.start, end: step.node.end }, message: 'the optimiser steps only in some turns' },
    ],
    state,
  };
}
