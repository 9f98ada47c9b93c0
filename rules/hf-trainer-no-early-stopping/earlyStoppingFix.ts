import type { Edit } from '../../src/core/engine/rule.ts';
import { insertArgument } from '../../src/core/fixes/callEdits.ts';
import { importEdit } from '../../src/core/fixes/importEdit.ts';
import type { Program } from '../../src/core/semantics/program.ts';
import type { LongRun } from './longRun.ts';

/**
 * Edits that add the callback and what it needs: the best weights are loaded at the end, for which saving and evaluating have to
 * happen at the same time. `undefined` where the settings say something else.
 */
export function earlyStoppingEdits(program: Program, run: LongRun): readonly Edit[] | undefined {
  const { settings, trainer, keepsBest, strategy } = run;
  const { text } = program.module;
  const callback = importEdit(program.module, {
    module: 'transformers',
    name: 'EarlyStoppingCallback',
    at: trainer.node.start,
  });
  if (callback === undefined) return undefined;
  const created = `callbacks=[${callback.local}(early_stopping_patience=2)]`;
  const onTrainer = [...callback.edits, ...insertArgument(trainer.node, created, text)];
  if (keepsBest) return onTrainer;
  const saves = settings.argument('save_strategy');
  const isWritten = settings.argument('load_best_model_at_end').kind !== 'absent';
  if (isWritten || strategy === undefined) return undefined;
  if (saves.kind === 'unknown' || settings.argument('save_steps').kind !== 'absent') return undefined;
  const constant = settings.constantArgument('save_strategy');
  if (saves.kind === 'known' && !(constant.kind === 'known' && constant.value === strategy)) return undefined;
  const added = saves.kind === 'known' ? '' : `save_strategy="${strategy}", `;
  return [...onTrainer, ...insertArgument(settings.node, `${added}load_best_model_at_end=True`, text)];
}
