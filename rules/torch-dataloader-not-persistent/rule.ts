import { defineRule, type Edit, type Fix, type Hit } from '../../src/core/engine/rule.ts';
import { insertArgument, insertProperty } from '../../src/core/fixes/callEdits.ts';
import type { Loop } from '../../src/core/semantics/place.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { methodName } from '../shared/devices.ts';
import { epochLoopOf } from '../shared/epochLoop.ts';
import { flagDefault } from '../shared/flagDefault.ts';
import { type WrittenArgument, writtenArgument } from '../shared/writtenArgument.ts';

interface State {
  readonly call: Call;
  readonly workers: WrittenArgument;
  /** `some`: the text gives a number above zero; `flag`: a flag does, so the fix compares at run time. */
  readonly certainty: 'some' | 'flag';
  readonly epochs: Loop;
}

export default defineRule<State>({
  meta: {
    id: 'torch-dataloader-not-persistent',
    title: 'DataLoader workers are started again in every epoch',
    category: 'redundant-data-loading',
    languages: ['python'],
    tier: 'recommended',
    fixes: ['suggestion'],
    catalogue: ['torch-dataloader-not-persistent'],
    libraries: ['torch'],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark || changesData(program)) return;
    for (const call of program.calls) {
      const state = judge(program, call);
      if (state) yield report(state);
    }
  },

  fixes({ state: { call, workers, certainty } }, program): readonly Fix[] {
    const value = certainty === 'some' ? 'True' : `${program.text(workers.value)} > 0`;
    return [
      {
        title: 'Keep the workers between epochs',
        safety: 'suggestion',
        edits: argumentEdits(program, call, workers, value),
        reason:
          'Kept workers hold their memory and their copy of the data set between epochs, and do not see a later change of it.',
      },
    ];
  },
});

function judge(program: Program, call: Call): State | undefined {
  if (call.api?.name !== 'torch.utils.data.DataLoader') return undefined;
  if (writtenArgument(program, call, 'persistent_workers').kind !== 'absent') return undefined;
  const workers = writtenArgument(program, call, 'num_workers');
  if (workers.kind !== 'known') return undefined;
  const certainty = hasWorkers(program, workers.value);
  if (certainty === undefined) return undefined;
  const epochs = epochLoopOf(program, call);
  return epochs && { call, workers: workers.value, certainty, epochs };
}

function hasWorkers(program: Program, { value }: WrittenArgument): State['certainty'] | undefined {
  const constant = program.constant(value);
  if (constant.kind === 'known') return Number(constant.value) > 0 ? 'some' : undefined;
  return Number(flagDefault(program, value) ?? 0) > 0 ? 'flag' : undefined;
}

/** The data change between epochs, which kept workers would not see; a sampler's `set_epoch` works in the main process. */
function changesData(program: Program): boolean {
  if (/IterableDataset|\bdataset\.\w+\s*=[^=]/.test(program.module.text)) return true;
  return program.calls.some((call) => {
    const receiver = call.receiver ? program.text(call.receiver) : '';
    const name = methodName(call) ?? '';
    if (name === 'set_epoch') return !/sampler/i.test(receiver);
    return /(data_?set|_data|_ds)$/i.test(receiver) && /^(reset|update|shuffle|resample|set_|next_)/.test(name);
  });
}

function argumentEdits(program: Program, call: Call, { mapping }: WrittenArgument, value: string): readonly Edit[] {
  const { text, language } = program.module;
  if (mapping === undefined) return insertArgument(call.node, `persistent_workers=${value}`, text);
  const isKeywords = text.slice(mapping.start, mapping.end).startsWith('dict(');
  const quote = /["']/.exec(program.text(mapping))?.[0] ?? "'";
  const entry = isKeywords ? `persistent_workers=${value}` : `${quote}persistent_workers${quote}: ${value}`;
  return insertProperty(mapping, entry, text, language);
}

function report(state: State): Hit<State> {
  return {
    span: state.call.node.callee,
    severity: 'hint',
    message: {
      what: 'The worker processes of this loader are ended and started again in every epoch.',
      why: 'Each start forks or spawns the processes and copies the data set to them, while the accelerator waits for the first batch.',
      advice: 'Pass `persistent_workers=True`.',
      condition:
        'It matters for short epochs, and more on Windows and macOS, where every worker imports the program again.',
    },
    related: [{ span: state.epochs.head, message: 'the loop over epochs starts here' }],
    state,
  };
}
