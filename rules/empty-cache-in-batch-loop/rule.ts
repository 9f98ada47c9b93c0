import { defineRule, type Fix, type Hit } from '../../src/core/engine/rule.ts';
import type { Loop } from '../../src/core/semantics/place.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { contains } from '../../src/core/text/span.ts';
import { isConditional } from '../shared/conditional.ts';
import { methodName } from '../shared/devices.ts';
import { removeStatement } from '../shared/removeStatement.ts';

interface State {
  readonly call: Call;
  readonly loop: Loop;
}

const EMPTIES = /^torch\.(cuda|mps|xpu)(\.memory)?\.empty_cache$|^torch\.accelerator(\.memory)?\.empty_cache$/;
const COLLECTS = 'gc.collect';
/** A loop that measures how much memory a step takes. */
const MEASURES = /(max_memory|memory)_(allocated|reserved)\(|reset_peak_memory_stats|memory_stats\(/;

export default defineRule<State>({
  meta: {
    id: 'empty-cache-in-batch-loop',
    title: 'Memory cache of the GPU emptied in every step',
    category: 'redundant-compute',
    languages: ['python'],
    tier: 'recommended',
    fixes: ['suggestion'],
    catalogue: ['torch-empty-cache-in-step'],
    libraries: ['torch'],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark) return;
    for (const call of program.calls) {
      if (!EMPTIES.test(call.name ?? '') && call.name !== COLLECTS) continue;
      const [loop] = call.place.loops;
      if (loop && isStepLoop(program, loop) && !isConditional(program, call.node, loop)) yield report(call, loop);
    }
  },

  fixes({ state }, program): readonly Fix[] {
    const edit = removeStatement(program, state.call.node);
    if (edit === undefined) return [];
    return [
      {
        title: 'Delete the call',
        safety: 'suggestion',
        edits: [edit],
        reason: 'Where memory is almost full, fragments that the call gave back may be missed: watch the first epoch.',
      },
    ];
  },
});

/** A loop over the batches of a loader that runs a network; loads in it make room for the next model. */
function isStepLoop(program: Program, loop: Loop): boolean {
  const inside = program.calls.filter(({ node }) => contains(loop, node));
  if (inside.some((call) => call.api?.roles.includes('model-load')) || MEASURES.test(program.text(loop))) return false;
  const steps = inside.some((call) => methodName(call) === 'backward' || call.api?.roles.includes('train'));
  return (
    loop.purpose === 'batches' || (loop.purpose === 'items' && loop.form === 'for' && steps && isDirect(program, loop))
  );
}

/** The backward pass stands in this loop and not in one inside it: a turn is a step, not an epoch or a fold. */
function isDirect(program: Program, loop: Loop): boolean {
  return program.calls.some((call) => methodName(call) === 'backward' && call.place.loops[0]?.start === loop.start);
}

function report(call: Call, loop: Loop): Hit<State> {
  const isCollector = call.name === COLLECTS;
  return {
    span: { start: call.node.start, end: call.node.end },
    severity: 'information',
    message: {
      what: isCollector
        ? 'The garbage collector searches all objects of the process in every step.'
        : 'The cache of the memory allocator is emptied in every step.',
      why: isCollector
        ? 'Tensors are freed when their last reference goes; a full collection takes tens of milliseconds in which the GPU waits.'
        : 'The next step has to ask the driver for the same memory again, which waits for the GPU; the cache would have handed it out at once.',
      advice: isCollector
        ? 'Delete the call, or run it once per epoch.'
        : 'Delete the call, or move it behind the loop.',
      condition: 'It weighs most where a step is short.',
    },
    related: [{ span: loop.head, message: 'runs in every turn of this loop' }],
    state: { call, loop },
  };
}
