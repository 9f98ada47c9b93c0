import { defineRule } from '../../src/core/engine/rule.ts';
import type { Expression } from '../../src/core/ir/expression.ts';
import type { Program } from '../../src/core/semantics/program.ts';
import { tensorFlowImport } from '../shared/tensorflowJs.ts';
import { earlyStoppingFix } from './earlyStoppingFix.ts';
import { neverStops, type TrainingCall, trainingCall } from './trainingCall.ts';

/** Shorter trainings end soon anyway. */
const MANY_EPOCHS = 20;

export default defineRule<TrainingCall>({
  meta: {
    id: 'tfjs-no-early-stopping',
    title: 'Many epochs in TensorFlow.js without early stopping',
    category: 'training-efficiency',
    languages: ['typescript'],
    tier: 'recommended',
    fixes: ['suggestion'],
    catalogue: ['tfjs-no-early-stopping'],
    libraries: ['@tensorflow/tfjs', '@tensorflow/tfjs-node', '@tensorflow/tfjs-node-gpu', '@tensorflow/tfjs-layers'],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark || !tensorFlowImport(program)) return;
    // A file that ends trainings itself, or shapes their length otherwise, has its own rule.
    if (/earlyStopping|EarlyStopping|stopTraining/.test(program.module.text)) return;
    for (const call of program.calls) {
      const training = trainingCall(call, program);
      if (!training || training.epochs < MANY_EPOCHS || isToy(training, program)) continue;
      if (training.callbacks && !neverStops(training.callbacks.value, program)) continue;
      const isWatched = showsCurves(program);
      yield {
        span: { start: call.node.start, end: call.node.callee.end },
        severity: isWatched ? 'hint' : 'information',
        message: {
          what: `Trains ${training.epochs} epochs, and nothing ends the training when the loss stops falling.`,
          why: 'Every epoch after the plateau costs as much as the first one and gains nothing.',
          advice: training.isValidated
            ? 'Add `tf.callbacks.earlyStopping({ monitor: "val_loss", patience: 5 })` to `callbacks`.'
            : 'Hold out data (`validationSplit: 0.1` or `validationData`) and add `tf.callbacks.earlyStopping({ monitor: "val_loss", patience: 5 })`; without them there is no `val_loss` and it never stops.',
          condition: 'The saving depends on how early the loss levels off on your data.',
        },
        related: [],
        state: training,
      };
    }
  },

  fixes({ state }, program) {
    const fix = earlyStoppingFix(state, program);
    return fix ? [fix] : [];
  },
});

/** Training data written out in the source: a lesson. */
function isToy({ call }: TrainingCall, program: Program): boolean {
  const [data] = call.node.args;
  return data !== undefined && isWrittenOut(data.value, program);
}

function isWrittenOut(data: Expression, program: Program): boolean {
  const source = program.origin(data)?.node ?? data;
  const [first] = source.kind === 'call' ? source.args : [];
  if (source.kind !== 'call' || !/\.(tensor\w*|scalar|linspace|range)$/.test(program.text(source.callee))) return false;
  if (first === undefined || first.value.kind === 'sequence' || first.value.kind === 'literal') return true;
  return program.values(first.value).every(({ kind }) => kind === 'collection');
}

/** The page draws the loss while it falls: somebody watches, and the length is part of the lesson. */
function showsCurves({ module, path }: Program): boolean {
  return /tfjs-vis|tfvis\b|\bdocument\.|chart/i.test(module.text) || /\.(jsx|tsx|vue|svelte)$/.test(path);
}
