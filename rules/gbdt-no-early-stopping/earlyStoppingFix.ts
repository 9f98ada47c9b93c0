import type { Edit, Fix } from '../../src/core/engine/rule.ts';
import { insertArgument, replaceArgument } from '../../src/core/fixes/callEdits.ts';
import { importEdit } from '../../src/core/fixes/importEdit.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { writtenArgument } from '../shared/writtenArgument.ts';
import type { Boosting } from './boosting.ts';

const ROUNDS = 50;

/** Switches early stopping on in the way that the library has for it. */
export function earlyStoppingFix(program: Program, boosting: Boosting): Fix | undefined {
  const edits = boosting.kind === 'missing' ? editsFor(program, boosting) : undefined;
  return (
    edits && {
      title: 'Stop when the validation score stops improving',
      safety: 'suggestion',
      edits,
      reason: `The model has fewer trees; ${boosting.library === 'sklearn' ? 'a tenth of the training data is held out to decide, and ' : ''}the number of rounds to wait has to suit the learning rate.`,
    }
  );
}

function editsFor(program: Program, { call, fit, library }: Boosting): readonly Edit[] | undefined {
  const { text } = program.module;
  // Curves of several folds that are averaged need one length.
  if (/\bevals_result\b|record_evaluation/.test(text) && /\bmean\([^\n]*axis\s*=\s*0/.test(text)) return undefined;
  const trained = fit ?? call;
  switch (library) {
    case 'lightgbm':
      return callbackEdits(program, trained);
    case 'xgboost':
      return insertArgument(call.node, `early_stopping_rounds=${ROUNDS}`, text);
    case 'catboost':
      return insertArgument(trained.node, `early_stopping_rounds=${ROUNDS}`, text);
    case 'sklearn': {
      const off = call.node.args.find(({ name }) => name === 'early_stopping');
      return off ? [replaceArgument(off, 'True')] : insertArgument(call.node, 'n_iter_no_change=10', text);
    }
  }
}

function callbackEdits(program: Program, call: Call): readonly Edit[] | undefined {
  if (writtenArgument(program, call, 'callbacks').kind !== 'absent') return undefined;
  const lightgbm = importEdit(program.module, { module: 'lightgbm', alias: 'lgb', at: call.node.start });
  if (lightgbm === undefined) return undefined;
  const argument = `callbacks=[${lightgbm.local}.early_stopping(${ROUNDS})]`;
  return [...lightgbm.edits, ...insertArgument(call.node, argument, program.module.text)];
}
