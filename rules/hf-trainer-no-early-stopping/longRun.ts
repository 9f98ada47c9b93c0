import type { Call, Program } from '../../src/core/semantics/program.ts';
import { flagDefault } from '../shared/flagDefault.ts';
import { trainedModel } from '../shared/trainedModel.ts';
import { writtenArgument } from '../shared/writtenArgument.ts';

/** A training of many epochs that is evaluated on the way and that nothing ends. */
export interface LongRun {
  /** `TrainingArguments(…)`. */
  readonly settings: Call;
  readonly trainer: Call;
  readonly epochs: number;
  /** The number is only the default of a flag. */
  readonly isDefault: boolean;
  readonly keepsBest: boolean;
  /** When it is evaluated, where the text says: `epoch`, `steps`. */
  readonly strategy: string | undefined;
  /** False where evaluation data are given and nothing is evaluated before the end. */
  readonly isEvaluated: boolean;
}

const SETTINGS =
  /^(transformers\.(\w+\.)*(Seq2Seq)?TrainingArguments|sentence_transformers\.(\w+\.)*(SentenceTransformer|CrossEncoder)TrainingArguments)$/;
const TRAINER =
  /^(transformers\.(Seq2Seq)?Trainer|sentence_transformers\.(\w+\.)*(SentenceTransformer|CrossEncoder)Trainer)$/;
/** Up to here a linear schedule ends a training well. */
const MANY_EPOCHS = 6;
const STRATEGIES = ['eval_strategy', 'evaluation_strategy'] as const;

export function longRun(program: Program, settings: Call): LongRun | undefined {
  if (!SETTINGS.test(settings.name ?? '')) return undefined;
  const epochs = epochsOf(program, settings);
  if (epochs === undefined || epochs.count < MANY_EPOCHS || isGiven(program, settings, 'max_steps')) return undefined;
  const evaluated = STRATEGIES.find((name) => isGiven(program, settings, name));
  const trainer = trainerOf(program, settings);
  // A model too small to matter, or none that the file shows to be large.
  if (trainer === undefined || trainedModel(program) === undefined) return undefined;
  if (evaluated === undefined && STRATEGIES.some((name) => settings.argument(name).kind !== 'absent')) return undefined;
  const strategy = settings.constantArgument(evaluated ?? STRATEGIES[0]);
  if (strategy.kind === 'known' && (strategy.value === 'no' || strategy.value === null)) return undefined;
  return {
    settings,
    trainer,
    epochs: epochs.count,
    isDefault: epochs.isDefault,
    keepsBest: isTrue(settings, 'load_best_model_at_end'),
    strategy: strategy.kind === 'known' ? String(strategy.value) : undefined,
    isEvaluated: evaluated !== undefined,
  };
}

function epochsOf(
  program: Program,
  settings: Call,
): { readonly count: number; readonly isDefault: boolean } | undefined {
  const written = writtenArgument(program, settings, 'num_train_epochs');
  if (written.kind !== 'known') return undefined;
  const constant = program.constant(written.value.value);
  if (constant.kind === 'known')
    return typeof constant.value === 'number' ? { count: constant.value, isDefault: false } : undefined;
  const byFlag = flagDefault(program, written.value.value);
  return typeof byFlag === 'number' ? { count: byFlag, isDefault: true } : undefined;
}

/** The trainer that gets the settings and evaluation data, and whose callbacks the text shows to be none. */
function trainerOf(program: Program, settings: Call): Call | undefined {
  return program.calls.find((call) => {
    if (!isTrainer(program, call) || call.node.args.some(({ spread }) => spread !== undefined)) return false;
    const args = call.argument('args');
    if (args.kind !== 'known' || program.origin(args.value)?.node !== settings.node) return false;
    return isGiven(program, call, 'eval_dataset') && call.argument('callbacks').kind === 'absent' && !adds(program);
  });
}

/** A trainer of the library, or of a class of this project that derives from one and adds no callback of its own. */
function isTrainer(program: Program, call: Call): boolean {
  if (TRAINER.test(call.name ?? '')) return true;
  return program.values(call.node.callee).some((value) => {
    if (value.kind !== 'class' || !program.libraryBases(value.definition).some((base) => TRAINER.test(base)))
      return false;
    return !/callback|should_training_stop|def (train|_inner_training_loop)\b/i.test(program.text(value.definition));
  });
}

/** `trainer.add_callback(…)`: what is added may end the training. */
function adds(program: Program): boolean {
  return program.module.text.includes('.add_callback(');
}

function isGiven(program: Program, call: Call, name: string): boolean {
  const written = writtenArgument(program, call, name);
  if (written.kind !== 'known') return false;
  const constant = program.constant(written.value.value);
  return !(constant.kind === 'known' && (constant.value === null || constant.value === -1));
}

function isTrue(call: Call, name: string): boolean {
  const constant = call.constantArgument(name);
  return constant.kind === 'known' && constant.value === true;
}
