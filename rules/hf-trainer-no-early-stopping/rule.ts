import { defineRule, type Fix, type Hit } from '../../src/core/engine/rule.ts';
import type { WorkloadChange } from '../../src/energy/workload.ts';
import { codeText } from '../shared/codeText.ts';
import { earlyStoppingEdits } from './earlyStoppingFix.ts';
import { type LongRun, longRun } from './longRun.ts';

/** The file ends trainings in its own way, or has no plateau: pretraining, agents, adversaries, a search over trials. */
const OTHER_END =
  /EarlyStop|early_stop|should_training_stop|MaskedLM|ForLanguageModeling|discriminator|\bgans?\b|reward|hyperparameter_search|optuna|from_config\(/i;
/** A data set cut down to at most some thousand rows: a lesson. */
const SAMPLE = /\[:\d{1,4}\]["']|\.select\(\s*range\(\s*\d{1,4}\s*\)/;

export default defineRule<LongRun>({
  meta: {
    id: 'hf-trainer-no-early-stopping',
    title: 'Trainer runs many epochs without early stopping',
    category: 'training-efficiency',
    languages: ['python'],
    tier: 'recommended',
    fixes: ['suggestion'],
    catalogue: ['hf-trainer-no-early-stopping'],
    libraries: ['transformers', 'sentence_transformers'],
    since: '0.1.0',
  },

  *detect(program) {
    const code = codeText(program);
    if (program.isTestOrBenchmark || OTHER_END.test(code) || SAMPLE.test(code)) return;
    for (const call of program.calls) {
      const run = longRun(program, call);
      if (run) yield report(run, code);
    }
  },

  effect({ state: { epochs } }): WorkloadChange {
    return {
      before: { kind: 'train', unit: 'run', engine: 'hf', epochs },
      // 40 %: the middle of the 20 to 60 % that the catalogue states.
      after: { epochs: Math.max(1, Math.round(epochs * 0.6)) },
      alsoSaves: ['latency'],
    };
  },

  fixes({ state }, program): readonly Fix[] {
    const edits = state.isEvaluated ? earlyStoppingEdits(program, state) : undefined;
    if (edits === undefined) return [];
    return [
      {
        title: 'Stop when the evaluation loss levels off',
        safety: 'suggestion',
        edits,
        reason: 'The training ends earlier and keeps the best weights; the patience has to suit how noisy the loss is.',
      },
    ];
  },
});

function report(run: LongRun, code: string): Hit<LongRun> {
  const { settings, epochs, isDefault } = run;
  const isHorizon = /lr_scheduler_type\s*=\s*["']?(cosine|polynomial)/.test(code);
  return {
    span: { start: settings.node.start, end: settings.node.callee.end },
    severity: isHorizon || isDefault || !run.isEvaluated ? 'hint' : 'information',
    message: {
      what: `Trains ${epochs} epochs${isDefault ? ' by default' : ''}, and nothing ends the training when the ${run.isEvaluated ? 'evaluation loss stops falling' : 'loss on the evaluation data, which is never looked at, stops falling'}.`,
      why: 'Every epoch after the plateau costs as much as the first one and gains nothing; fine-tuning often overfits after a few.',
      advice: run.keepsBest
        ? 'Add `EarlyStoppingCallback(early_stopping_patience=2)`: the best weights are kept already.'
        : `Set ${run.isEvaluated ? '' : '`eval_strategy="epoch"`, '}\`load_best_model_at_end=True\` and add \`EarlyStoppingCallback(early_stopping_patience=2)\`.`,
      condition: isHorizon
        ? 'The learning rate is scheduled for the whole length: a shorter schedule can be the better way.'
        : 'The saving depends on how early the loss levels off on your data.',
    },
    related: [],
    state: run,
  };
}
