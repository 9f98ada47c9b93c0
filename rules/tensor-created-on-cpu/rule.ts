import { defineRule, type Fix, type Hit } from '../../src/core/engine/rule.ts';
import { insertArgument } from '../../src/core/fixes/callEdits.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { isConditional } from '../shared/conditional.ts';
import { methodName } from '../shared/devices.ts';
import { fileTrains } from '../shared/training.ts';

interface State {
  /** `torch.zeros(…)`. */
  readonly creation: Call;
  /** `.to(device)` or `.cuda()` around it. */
  readonly move: Call;
  /** Device as written. */
  readonly device: string;
  readonly isRandom: boolean;
}

const FILLED = /^torch\.(zeros|ones|full|eye|arange|linspace|empty)$/;
const RANDOM = /^torch\.(rand|randn|randint|randperm)$/;

export default defineRule<State>({
  meta: {
    id: 'tensor-created-on-cpu',
    title: 'Tensor made on the CPU and copied to the GPU in every step',
    category: 'redundant-data-loading',
    languages: ['python'],
    tier: 'recommended',
    fixes: ['safe', 'suggestion'],
    catalogue: ['torch-tensor-created-on-cpu'],
    libraries: ['torch'],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark || !fileTrains(program)) return;
    for (const move of program.calls) {
      const state = judge(program, move);
      if (state) yield report(state);
    }
  },

  fixes({ state: { creation, move, device, isRandom } }, program): readonly Fix[] {
    const inserted = insertArgument(creation.node, `device=${device}`, program.module.text);
    const cut = { span: { start: creation.node.end, end: move.node.end }, text: '' };
    const fix = { title: 'Make it on the device', edits: [...inserted, cut] };
    const reason = isRandom
      ? 'The generator of the GPU gives other random numbers for the same seed.'
      : creation.node.args.some(({ name }) => name === 'requires_grad')
        ? 'Its gradient then belongs to the tensor on the device, not to the one on the CPU.'
        : undefined;
    return [reason === undefined ? { ...fix, safety: 'safe' } : { ...fix, safety: 'suggestion', reason }];
  },
});

function judge(program: Program, move: Call): State | undefined {
  const { callee, args } = move.node;
  if (callee.kind !== 'attribute' || callee.object.kind !== 'call') return undefined;
  const creation = program.callOf(callee.object);
  const name = creation?.name ?? '';
  if (creation === undefined || !(FILLED.test(name) || RANDOM.test(name)) || !isHot(program, move)) return undefined;
  // Another keyword may depend on where the tensor is: a generator, pinned memory, a device already.
  if (
    creation.node.args.some(
      (argument) => argument.spread === 'keyword' || /^(device|generator|out|pin_memory)$/.test(argument.name ?? ''),
    )
  )
    return undefined;
  const device = deviceText(program, move, args);
  return device === undefined ? undefined : { creation, move, device, isRandom: RANDOM.test(name) };
}

/** `"cuda"` of `.cuda()`, the one argument of `.to(device)` that is named like a device. */
function deviceText(program: Program, move: Call, args: Call['node']['args']): string | undefined {
  if (methodName(move) === 'cuda') return args.length === 0 ? '"cuda"' : undefined;
  const [first] = args;
  if (methodName(move) !== 'to' || args.length !== 1 || first === undefined || first.spread !== undefined)
    return undefined;
  if (first.name !== undefined && first.name !== 'device') return undefined;
  const text = program.text(first.value);
  const isDevice = /(^|[._])(device|dev|cuda)$/i.test(text) || /^["']cuda(:\d+)?["']$/.test(text);
  return isDevice ? text : undefined;
}

/** In every turn of a loop over batches that trains, or in every forward pass of a network. */
function isHot(program: Program, { node, place }: Call): boolean {
  const batches = place.loops.find(({ purpose }) => purpose === 'batches');
  if (batches) return place.phase === 'training' && !isConditional(program, node, batches);
  if (place.function && isConditional(program, node, place.function.bodySpan)) return false;
  if (place.function?.name !== 'forward' || place.function.form !== 'method') return false;
  const owner = program.classes.find(
    ({ start, end }) => start <= (place.function?.start ?? 0) && (place.function?.end ?? 0) <= end,
  );
  return (
    owner !== undefined && program.libraryBases(owner).some((base) => /(^|\.)(nn\.Module|LightningModule)$/.test(base))
  );
}

function report(state: State): Hit<State> {
  return {
    span: { start: state.move.node.start, end: state.move.node.end },
    severity: 'hint',
    message: {
      what: 'The tensor is made on the CPU and copied to the device in every step.',
      why: 'The copy from ordinary memory makes the program wait for the device, which could have filled the tensor itself.',
      advice: `Pass \`device=${state.device}\` to the function that makes it.`,
      condition: 'It matters most for small models on fast GPUs.',
    },
    related: [],
    state,
  };
}
