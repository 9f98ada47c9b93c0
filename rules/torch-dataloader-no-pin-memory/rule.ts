import { defineRule, type Fix, type Hit } from '../../src/core/engine/rule.ts';
import { insertArgument, replaceArgument } from '../../src/core/fixes/callEdits.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { usesCuda } from '../shared/cudaUse.ts';
import { epochLoopOf } from '../shared/epochLoop.ts';
import { writtenArgument } from '../shared/writtenArgument.ts';

export default defineRule<Call>({
  meta: {
    id: 'torch-dataloader-no-pin-memory',
    title: 'Batches copied to the GPU from pageable memory',
    category: 'redundant-data-loading',
    languages: ['python'],
    tier: 'strict',
    fixes: ['suggestion'],
    catalogue: ['torch-dataloader-no-pin-memory'],
    libraries: ['torch'],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark || program.environment.hardware.kind !== 'gpu') return;
    // A Trainer pins by itself.
    if (!usesCuda(program) || /\bTrainer\(/.test(program.module.text)) return;
    for (const call of program.calls) {
      if (call.api?.name === 'torch.utils.data.DataLoader' && isUnpinned(program, call) && epochLoopOf(program, call))
        yield report(call);
    }
  },

  fixes({ state: call }, program): readonly Fix[] {
    const written = call.node.args.find(({ name }) => name === 'pin_memory');
    if (written === undefined && call.argument('pin_memory').kind !== 'absent') return [];
    const edits = written
      ? [replaceArgument(written, 'True')]
      : insertArgument(call.node, 'pin_memory=True', program.module.text);
    return [
      {
        title: 'Pin the batches',
        safety: 'suggestion',
        edits,
        reason:
          'Pinned memory cannot be swapped out; copies overlap with the GPU only with `.to(device, non_blocking=True)`.',
      },
    ];
  },
});

function isUnpinned(program: Program, call: Call): boolean {
  const pinned = writtenArgument(program, call, 'pin_memory');
  if (pinned.kind === 'absent') return !call.node.args.some(({ spread }) => spread !== undefined);
  if (pinned.kind !== 'known') return false;
  const constant = program.constant(pinned.value.value);
  return constant.kind === 'known' && constant.value === false;
}

function report(call: Call): Hit<Call> {
  return {
    span: { start: call.node.start, end: call.node.callee.end },
    severity: 'hint',
    message: {
      what: 'The batches of this loader are copied to the GPU from pageable memory.',
      why: 'The driver copies each batch to pinned memory first, and the program waits for it.',
      advice: 'Pass `pin_memory=True`, and copy with `.to(device, non_blocking=True)`.',
      condition: 'It matters for large batches only; whole trainings were measured to gain nothing.',
    },
    related: [],
    state: call,
  };
}
