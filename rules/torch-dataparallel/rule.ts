import { defineRule, type Hit } from '../../src/core/engine/rule.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { codeText } from '../shared/codeText.ts';
import { methodName } from '../shared/devices.ts';

/** The file also spreads the training in another way. */
const OTHER_WAY = /DistributedDataParallel|\bDDP\(|accelerate|deepspeed|fsdp|horovod|lightning|torchrun/i;

/** A script that shows this way of spreading beside others. */
const SHOWS_IT = /(^|[/_-])(dp|data_?parallel)[^/]*$/i;

export default defineRule<Call>({
  meta: {
    id: 'torch-dataparallel',
    title: 'DataParallel trains on several GPUs from one process',
    category: 'hardware-match',
    languages: ['python'],
    tier: 'recommended',
    fixes: [],
    catalogue: ['torch-dataparallel'],
    libraries: ['torch'],
    since: '0.1.0',
  },

  *detect(program) {
    if (
      program.isTestOrBenchmark ||
      SHOWS_IT.test(program.path) ||
      OTHER_WAY.test(codeText(program)) ||
      !trainsInLoop(program)
    )
      return;
    for (const call of program.calls) {
      if (call.name !== 'torch.nn.DataParallel' && call.name !== 'torch.nn.parallel.DataParallel') continue;
      if (
        namesOneDevice(program, call) ||
        isShortNotebook(program) ||
        readsWeights(program, call) ||
        evaluates(program, call)
      )
        continue;
      yield report(call);
    }
  },
});

/** A backward pass in a loop: evaluation over two GPUs is spread well enough. */
function trainsInLoop(program: Program): boolean {
  return program.calls.some((call) => methodName(call) === 'backward' && call.place.loops.length > 0);
}

/** `device_ids=[0]` runs on one GPU. */
function namesOneDevice(program: Program, call: Call): boolean {
  const ids = call.argument('device_ids');
  if (ids.kind !== 'known') return false;
  return program.values(ids.value).every(({ kind, ...value }) => {
    const node = kind === 'collection' && 'node' in value ? value.node : undefined;
    return node?.kind === 'sequence' && node.elements.length === 1;
  });
}

/** A function that wraps only to read weights that were saved wrapped. */
function readsWeights(program: Program, call: Call): boolean {
  const owner = call.place.function;
  const text = owner === undefined ? '' : program.text(owner.bodySpan);
  return text.includes('.load_state_dict(') && !/optim|backward|train/i.test(text);
}

/** A function that wraps the model to evaluate it: no gradients are gathered. */
function evaluates(program: Program, { place }: Call): boolean {
  const owner = place.function;
  if (owner === undefined) return false;
  const methods = program.calls.filter((call) => call.place.function === owner).map((call) => methodName(call));
  return methods.includes('eval') && !methods.includes('backward');
}

/** A notebook has one process; torchrun does not start it. */
function isShortNotebook(program: Program): boolean {
  return program.path.endsWith('.ipynb');
}

function report(call: Call): Hit<Call> {
  return {
    span: { start: call.node.start, end: call.node.end },
    severity: 'information',
    message: {
      what: 'DataParallel drives all GPUs from one Python process.',
      why: 'In every step it copies the model to each GPU and gathers all outputs on the first one, so the others wait; PyTorch recommends DistributedDataParallel even on one machine.',
      advice:
        'Start one process for each GPU (`torchrun --nproc_per_node=gpu`) and wrap the model in DistributedDataParallel, or use Accelerate.',
      condition: 'It matters only where the machine has more than one GPU.',
    },
    related: [],
    state: call,
  };
}
