import { defineRule, type Hit } from '../../src/core/engine/rule.ts';
import type { Expression } from '../../src/core/ir/expression.ts';
import type { Loop } from '../../src/core/semantics/place.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { contains } from '../../src/core/text/span.ts';
import type { WorkloadChange } from '../../src/energy/workload.ts';
import { isMapDataset } from '../shared/datasetClasses.ts';
import { enclosing } from '../shared/enclosing.ts';

interface State {
  readonly call: Call;
  readonly what: 'loader' | 'dataset';
  readonly epochs: Loop;
}

const LOADER = 'torch.utils.data.DataLoader';
/** Fewer epochs than these make little difference. */
const FEWEST_EPOCHS = 3;

export default defineRule<State>({
  meta: {
    id: 'torch-dataloader-in-epoch-loop',
    title: 'Data set or loader built again in every epoch',
    category: 'redundant-data-loading',
    languages: ['python'],
    tier: 'recommended',
    fixes: [],
    catalogue: ['torch-dataloader-in-epoch-loop'],
    libraries: ['torch', 'datasets'],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark) return;
    for (const call of program.calls) {
      const what = whatIsBuilt(program, call);
      const [loop] = what ? call.place.loops : [];
      if (!what || loop?.purpose !== 'epochs' || (loop.tripCount ?? FEWEST_EPOCHS) < FEWEST_EPOCHS) continue;
      // The loader around a data set that is built with it is the same waste.
      if (isInsideAnother(program, call) || isConditional(program, call, loop)) continue;
      if (call.node.args.every(({ value, spread }) => spread === undefined && isInvariant(program, value, loop)))
        yield report({ call, what, epochs: loop });
    }
  },

  effect({ state: { what } }): WorkloadChange | undefined {
    if (what === 'loader') return undefined;
    return {
      before: { kind: 'read-data', unit: 'epoch', readsPerUnit: 1 },
      after: { readsPerUnit: 0 },
      alsoSaves: ['latency'],
    };
  },
});

function whatIsBuilt(program: Program, call: Call): State['what'] | undefined {
  if (call.api?.name === LOADER) return 'loader';
  if (call.api?.roles.includes('dataset-load') === true) return 'dataset';
  const isOwn = program
    .values(call.node)
    .every((value) => value.kind === 'object' && value.call === call.node && isMapDataset(program, value.definition));
  return isOwn ? 'dataset' : undefined;
}

function isInsideAnother(program: Program, call: Call): boolean {
  const parent = program.parent(call.node);
  const holder = parent?.kind === 'call' ? program.callOf(parent) : undefined;
  return holder !== undefined && whatIsBuilt(program, holder) !== undefined;
}

/** Built under a condition, or again when an endless iterator ends. */
function isConditional(program: Program, call: Call, loop: Loop): boolean {
  return enclosing(program.module, call.node).statements.some(
    (statement) =>
      contains(loop, statement) && (statement.kind === 'if' || statement.kind === 'try' || statement.kind === 'match'),
  );
}

/** The same in every epoch: what the loop does not set, and data sets built of such. */
function isInvariant(program: Program, value: Expression, loop: Loop): boolean {
  if (value.kind !== 'call') return !program.dependsOn(value, loop);
  const call = program.callOf(value);
  if (call === undefined || whatIsBuilt(program, call) === undefined) return !program.dependsOn(value, loop);
  return value.args.every((argument) => argument.spread === undefined && isInvariant(program, argument.value, loop));
}

function report(state: State): Hit<State> {
  const { call, what, epochs } = state;
  return {
    span: { start: call.node.start, end: call.node.end },
    severity: 'information',
    message: {
      what: `The ${what === 'loader' ? 'loader' : 'data set'} is built again in every epoch from the same arguments.`,
      why: 'The data set reads its index or its files once more, and the workers start again, while the accelerator waits.',
      advice: 'Build it once, before the loop over epochs; a loader can be iterated any number of times.',
      condition: 'The saving depends on what building the data set costs.',
    },
    related: [{ span: epochs.head, message: 'the loop over epochs starts here' }],
    state,
  };
}
