import { defineRule, type Edit, type Fix, type Hit } from '../../src/core/engine/rule.ts';
import { insertArgument, replaceArgument } from '../../src/core/fixes/callEdits.ts';
import { importEdit } from '../../src/core/fixes/importEdit.ts';
import type { Loop } from '../../src/core/semantics/place.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { hasCommentNear } from '../shared/commentNear.ts';
import { usesCuda } from '../shared/cudaUse.ts';
import { epochLoopOf } from '../shared/epochLoop.ts';
import { writtenArgument } from '../shared/writtenArgument.ts';
import { type SampleWork, sampleWork } from './sampleWork.ts';

const MOST_HOPS = 4;

interface State {
  readonly call: Call;
  readonly work: SampleWork;
  readonly epochs: Loop;
}

const LOADERS = /^(torch\.utils\.data\.DataLoader|torch_geometric\.(loader|data)\.DataLoader)$/;
/** The author says why there are none. */
const REASON = /worker|debug|windows|fork|pickl|deadlock|hang|memory|main process|single process/i;

export default defineRule<State>({
  meta: {
    id: 'torch-dataloader-no-workers',
    title: 'Samples decoded in the training process',
    category: 'redundant-data-loading',
    languages: ['python'],
    tier: 'recommended',
    fixes: ['suggestion'],
    catalogue: ['torch-dataloader-no-workers'],
    libraries: ['torch', 'torch_geometric'],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark || !usesCuda(program) || program.environment.hardware.kind === 'cpu') return;
    if (/platform\.system|sys\.platform|os\.name\b/.test(program.module.text)) return;
    for (const call of program.calls) {
      if (!LOADERS.test(call.name ?? '') || !hasNoWorkers(program, call)) continue;
      const dataset = call.argument('dataset');
      const work = dataset.kind === 'known' ? sampleWork(program, dataset.value) : undefined;
      const epochs = work && epochLoopOf(program, call);
      if (!work || !epochs) continue;
      if (hasCommentNear(program, call.node, 1, REASON)) continue;
      yield report({ call, work, epochs });
    }
  },

  fixes({ state: { call } }, program): readonly Fix[] {
    const edits = workerEdits(program, call);
    if (edits === undefined) return [];
    return [
      {
        title: 'Load samples in worker processes',
        safety: 'suggestion',
        edits,
        reason:
          'The data set is copied to the workers and has to be picklable; on Windows and macOS, and from Python 3.14 on, a script then needs `if __name__ == "__main__":`.',
      },
    ];
  },
});

function hasNoWorkers(program: Program, call: Call): boolean {
  const workers = writtenArgument(program, call, 'num_workers');
  if (workers.kind === 'absent') return !call.node.args.some(({ spread }) => spread !== undefined);
  if (workers.kind !== 'known') return false;
  const constant = program.constant(workers.value.value);
  return constant.kind === 'known' && constant.value === 0;
}

function workerEdits(program: Program, call: Call): readonly Edit[] | undefined {
  if (!isGuarded(program, call)) return undefined;
  const os = importEdit(program.module, { module: 'os', at: call.node.start });
  if (os === undefined) return undefined;
  const count = `min(8, ${os.local}.cpu_count() or 1)`;
  const written = call.node.args.find(({ name }) => name === 'num_workers');
  if (written) return [...os.edits, replaceArgument(written, count)];
  const positional = call.argument('num_workers');
  if (positional.kind !== 'absent') return undefined;
  return [
    ...os.edits,
    ...insertArgument(call.node, `num_workers=${count}, persistent_workers=True`, program.module.text),
  ];
}

/** Workers that a script starts at its top level start the script again where processes are spawned. */
function isGuarded(program: Program, call: Call, hops = 0): boolean {
  if (hops > MOST_HOPS) return true;
  const { function: owner } = call.place;
  if (program.path.endsWith('.ipynb')) return true;
  // A function of a module that something else runs; called here at the top level, it starts with the script.
  if (owner !== undefined)
    return program.callsTo(owner).every((caller) => caller === call || isGuarded(program, caller, hops + 1));
  return /if\s+__name__\s*==/.test(program.module.text.slice(0, call.node.start));
}

function report(state: State): Hit<State> {
  const { call, work, epochs } = state;
  const isInMemory = work.kind === 'transforms';
  return {
    span: { start: call.node.start, end: call.node.callee.end },
    severity: isInMemory ? 'hint' : 'information',
    message: {
      what: isInMemory
        ? `\`${work.name}\` transforms its samples in the training process, between the steps of the GPU.`
        : `\`${work.name}\` reads and decodes its samples in the training process, between the steps of the GPU.`,
      why: 'Without workers the GPU idles, at a good part of its power, while the processor prepares the next batch on one core.',
      advice: 'Pass `num_workers=` (4 to 8, at most the number of cores) and `persistent_workers=True`.',
      condition: 'It saves as much as the GPU waits: nothing where a step takes longer than preparing a batch.',
    },
    related: [{ span: epochs.head, message: 'the loop over epochs starts here' }],
    state,
  };
}
