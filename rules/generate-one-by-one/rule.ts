import { defineRule, type Hit, type Severity } from '../../src/core/engine/rule.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import type { WorkloadChange, WorkloadKind } from '../../src/energy/workload.ts';
import { hasCommentNear } from '../shared/commentNear.ts';
import { isInHandler } from '../shared/conditional.ts';
import { type Device, deviceOf, hidesAccelerators, movedTo } from '../shared/devices.ts';
import { namedModel } from '../shared/namedModels.ts';
import { type ItemwiseRun, itemwiseRun } from './itemwiseRun.ts';

interface State extends ItemwiseRun {
  readonly load: Call | undefined;
}

/** Models whose inputs differ in size from picture to picture, so that they do not share a batch. */
const VARIABLE_SIZE =
  /qwen\d?(\.\d)?-?vl|llava|idefics|internvl|pixtral|mllama|vision-instruct|smolvlm|minicpm-v|deepseek-vl/i;
const REASON =
  /one (by|at a)|sequential|out of memory|\boom\b|(does ?n.t|does not|can.?t|cannot|not) (support|handle|batch)|batch(ing)? (is )?(slower|not)/i;

export default defineRule<State>({
  meta: {
    id: 'generate-one-by-one',
    title: 'Language model run for one item at a time',
    category: 'batching',
    languages: ['python'],
    tier: 'recommended',
    fixes: [],
    catalogue: ['hf-generate-item-loop', 'hf-pipeline-item-loop', 'vllm-item-loop'],
    libraries: ['transformers', 'vllm'],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark || hidesAccelerators(program) || program.environment.hardware.kind === 'cpu') return;
    for (const call of program.calls) {
      const run = itemwiseRun(program, call);
      if (!run || VARIABLE_SIZE.test(program.module.text) || hasCommentNear(program, run.around, 3, REASON)) continue;
      if (isInHandler(program, call.node)) continue;
      const load = loadOf(program, call);
      const device = deviceFor(program, load) ?? deviceOfInputs(program, call);
      // On a CPU one item keeps all cores busy; the documentation of pipelines advises against batches there.
      if (device === 'cpu') continue;
      yield report(program, { ...run, load }, device);
    }
  },

  effect({ state: { kind, load } }, program): WorkloadChange {
    const model = load && namedModel(program, load);
    return {
      before: {
        kind: kind === 'pipeline' ? workloadOf(load) : 'generate',
        unit: 'item',
        engine: kind === 'vllm' ? 'vllm' : 'hf',
        batch: 1,
        ...(model ? { model: { id: model.id } } : {}),
      },
      after: { batch: 8 },
      alsoSaves: ['latency'],
    };
  },
});

/** The call that loaded the model or made the pipeline. */
function loadOf(program: Program, call: Call): Call | undefined {
  const holder = call.receiver ?? call.node.callee;
  return program.origin(holder);
}

function deviceFor(program: Program, load: Call | undefined): Device | undefined {
  if (load === undefined) return undefined;
  for (const parameter of ['device', 'device_map']) {
    const argument = load.argument(parameter);
    if (argument.kind === 'known' && program.text(argument.value) !== 'None') return deviceOf(program, argument.value);
  }
  return movedTo(program, program.methodCalls(load));
}

/** `model.generate(ids.cuda())`: the model is where its inputs are. */
function deviceOfInputs(program: Program, call: Call): Device | undefined {
  return call.node.args.some(({ value }) => /\.cuda\(|\.to\(["']cuda/.test(program.text(value)))
    ? 'accelerator'
    : undefined;
}

function workloadOf(load: Call | undefined): WorkloadKind {
  const task = load?.constantArgument('task');
  const name = task?.kind === 'known' ? String(task.value) : '';
  if (/generation|summari|translation|image-to-text/.test(name)) return 'generate';
  if (/speech|audio/.test(name)) return 'speech';
  return /image|object|depth/.test(name) ? 'vision' : 'encode';
}

function report(program: Program, state: State, device: Device | undefined): Hit<State> {
  const { kind, call } = state;
  const isOnAccelerator = kind === 'vllm' || device === 'accelerator' || device === 'either';
  const severity: Severity = isOnAccelerator ? 'warning' : 'information';
  return {
    span: call.node.callee,
    severity,
    message: {
      what: `\`${program.text(call.node.callee).replace(/\s+/g, ' ').slice(-60)}\` handles one item at a time.`,
      why: 'With one item the accelerator reads all weights again for each result and most of its units idle.',
      advice: ADVICE[kind],
      ...(isOnAccelerator ? {} : { condition: 'It pays on a GPU; on a CPU a batch gains little.' }),
    },
    related: [{ span: state.around, message: 'one turn for each item' }],
    state,
  };
}

const ADVICE: Readonly<Record<State['kind'], string>> = {
  pipeline: 'Pass the whole list (`pipe(texts, batch_size=8)`), sorted by length where lengths differ much.',
  generate:
    'Tokenise several items together (`padding=True`, `padding_side="left"`) and call `generate()` once for 8 or more of them; vLLM batches by itself.',
  vllm: 'Pass the whole list of prompts at once: vLLM schedules them together and returns the results in order.',
};
