import { defineRule, type Fix, type Hit } from '../../src/core/engine/rule.ts';
import type { Program } from '../../src/core/semantics/program.ts';
import type { WorkloadChange } from '../../src/energy/workload.ts';
import { codeText } from '../shared/codeText.ts';
import { isSmallNetwork } from '../shared/networkSize.ts';
import { neverStops } from './callbacks.ts';
import { earlyStoppingEdits } from './earlyStoppingFix.ts';
import { isToyData } from './toyData.ts';
import { type Training, trainingOf } from './training.ts';

/** Shorter trainings end soon anyway. */
const MANY_EPOCHS = 30;
/** Nothing says when these are done: adversarial and variational models, agents, schedules made for the length. */
const NO_PLATEAU =
  /discriminator|\bw?gans?\b|\bvae\b|variational|reparam|kl_loss|\bgym\b|\breward|style_transfer|LearningRateScheduler|CosineDecay|PolynomialDecay|OneCycle|CyclicLR/i;
/** The file ends trainings in its own way. */
const STOPS = /EarlyStopping|early_stopping|stop_training|early_stop/;

export default defineRule<Training>({
  meta: {
    id: 'keras-no-early-stopping',
    title: 'Keras trains many epochs without early stopping',
    category: 'training-efficiency',
    languages: ['python'],
    tier: 'recommended',
    fixes: ['suggestion'],
    catalogue: ['keras-no-early-stopping'],
    libraries: ['keras', 'tensorflow', 'tf_keras'],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark || STOPS.test(codeText(program)) || NO_PLATEAU.test(program.module.text)) return;
    if (isOverfittingStudy(program)) return;
    for (const call of program.calls) {
      const training = trainingOf(program, call);
      if (!training || training.epochs < MANY_EPOCHS || isToyData(program, call)) continue;
      if (!neverStops(program, call)) continue;
      const isSmall = call.receiver !== undefined && isSmallNetwork(program, call.receiver);
      yield report(training, isSmall);
    }
  },

  effect({ state: { epochs } }): WorkloadChange {
    return {
      before: { kind: 'train', unit: 'run', engine: 'keras', epochs },
      // Half of the epochs: the catalogue's range for long scripts is 30 to 80 percent.
      after: { epochs: Math.round(epochs / 2) },
      alsoSaves: ['latency'],
    };
  },

  fixes({ state }, program): readonly Fix[] {
    const edits = earlyStoppingEdits(program, state.call);
    if (edits === undefined) return [];
    return [
      {
        title: 'Stop when the validation loss levels off',
        safety: 'suggestion',
        edits,
        reason: 'The training ends earlier and keeps the best weights; `patience` has to suit how noisy the loss is.',
      },
    ];
  },
});

/** Folds trained far too long, to see where each one overfits. */
function isOverfittingStudy({ module }: Program): boolean {
  return /over-?fit/i.test(module.text) && /fold/i.test(module.text);
}

function report(state: Training, isSmall: boolean): Hit<Training> {
  return {
    span: { start: state.call.node.start, end: state.call.node.callee.end },
    severity: state.isDefault || isSmall ? 'hint' : 'information',
    message: {
      what: `Trains ${state.epochs} epochs${state.isDefault ? ' by default' : ''}, and nothing ends the training when the validation loss stops falling.`,
      why: 'Every epoch after the plateau costs as much as the first one and gains nothing.',
      advice: 'Add `EarlyStopping(monitor="val_loss", patience=5, restore_best_weights=True)` to `callbacks`.',
      condition: 'The saving depends on how early the loss levels off on your data.',
    },
    related: [],
    state,
  };
}
