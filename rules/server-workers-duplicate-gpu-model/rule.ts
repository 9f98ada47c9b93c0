import { defineRule, type Hit } from '../../src/core/engine/rule.ts';
import type { Argument } from '../../src/core/ir/expression.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { deviceOf, movedTo } from '../shared/devices.ts';

interface State {
  readonly workers: Argument;
  readonly count: number;
  readonly load: Call;
}

export default defineRule<State>({
  meta: {
    id: 'server-workers-duplicate-gpu-model',
    title: 'Each web worker holds its own copy of the model on the GPU',
    category: 'hardware-match',
    languages: ['python'],
    tier: 'recommended',
    fixes: [],
    catalogue: ['server-workers-duplicate-gpu-model'],
    libraries: ['uvicorn', 'hypercorn', 'granian', 'gunicorn'],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark) return;
    for (const call of program.calls) {
      if (call.name !== 'uvicorn.run') continue;
      const workers = call.node.args.find(({ name }) => name === 'workers');
      const count = workers && program.constant(workers.value);
      if (!workers || count?.kind !== 'known' || typeof count.value !== 'number' || count.value < 2) continue;
      const load = gpuModel(program);
      if (load) yield report({ workers, count: count.value, load });
    }
  },
});

/** A model that every process of this module loads and puts on a GPU: at module level, or where the application starts. */
function gpuModel(program: Program): Call | undefined {
  return program.calls.find((load) => {
    if (load.api?.roles.includes('model-load') !== true || !runsPerProcess(load)) return false;
    if (movedTo(program, program.methodCalls(load)) === 'accelerator') return true;
    return ['device', 'device_map'].some((parameter) => {
      const device = load.argument(parameter);
      return device.kind === 'known' && deviceOf(program, device.value) === 'accelerator';
    });
  });
}

function runsPerProcess(load: Call): boolean {
  const owner = load.place.function;
  if (owner === undefined) return true;
  if (/^lifespan$/.test(owner.name ?? '')) return true;
  return owner.decorators.some(({ expression }) => expression.kind === 'call' && isStartUp(expression.args[0]));
}

/** `@app.on_event("startup")`. */
function isStartUp(argument: Argument | undefined): boolean {
  return argument?.value.kind === 'literal' && argument.value.value === 'startup';
}

function report(state: State): Hit<State> {
  const { workers, count, load } = state;
  return {
    span: { start: workers.start, end: workers.end },
    severity: 'information',
    message: {
      what: `${count} worker processes each load the model onto the GPU.`,
      why: 'The weights take the memory of the GPU as often as there are workers, and requests of different workers never share a batch.',
      advice:
        'Run one worker and batch requests in it, or put the model behind one inference server (vLLM, Triton, Ray Serve).',
      condition: 'It depends on the traffic, and on whether one worker can keep up.',
    },
    related: [{ span: load.node, message: 'loaded by every worker' }],
    state,
  };
}
