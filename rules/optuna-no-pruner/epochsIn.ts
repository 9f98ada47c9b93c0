import type { FunctionDefinition } from '../../src/core/ir/definition.ts';
import type { Expression } from '../../src/core/ir/expression.ts';
import type { Loop } from '../../src/core/semantics/place.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { contains } from '../../src/core/text/span.ts';
import { methodName } from '../shared/devices.ts';

const BOOSTERS = /^(xgboost\.train|lightgbm\.train)$/;
const ESTIMATORS =
  /^(xgboost\.XGB\w*(?:Classifier|Regressor|Ranker)|lightgbm\.LGBM(?:Classifier|Regressor|Ranker)|catboost\.CatBoost\w*)$/;
const FEW_STEPS = 5;
const MANY_ROUNDS = 200;

/** What a trial repeats step by step, so that it could end early: a loop over epochs, a Keras training, boosting rounds. */
export function epochsIn(program: Program, objective: FunctionDefinition): Loop | Call | undefined {
  for (const call of program.calls) {
    if (!contains(objective.bodySpan, call.node)) continue;
    const loop = call.place.loops.find(({ purpose }) => purpose === 'epochs');
    if (loop && contains(objective.bodySpan, loop) && (loop.tripCount ?? FEW_STEPS) >= FEW_STEPS) return loop;
    if (BOOSTERS.test(call.name ?? '') && hasManyRounds(call) && !stopsItself(program, call)) return call;
    if (isKerasFit(program, call) || isScoredBoosting(program, objective, call)) return call;
  }
  return undefined;
}

/** The default of ten or a hundred rounds is over in seconds. */
function hasManyRounds(call: Call): boolean {
  const rounds = call.constantArgument('num_boost_round');
  return rounds.kind === 'known' && Number(rounds.value) >= MANY_ROUNDS;
}

/** Early stopping ends a bad trial only at its own best, but most of the saving is there. */
function stopsItself(program: Program, call: Call): boolean {
  return /early_stop/.test(program.text(call.node.argsSpan));
}

/** Fitted with a validation set, which is what a pruning callback reads, for as many rounds as the trial may draw. */
function isScoredBoosting(program: Program, objective: FunctionDefinition, call: Call): boolean {
  if (methodName(call) !== 'fit' || !call.node.args.some(({ name }) => name === 'eval_set')) return false;
  const made = call.receiver && program.origin(call.receiver);
  if (made === undefined || !ESTIMATORS.test(made.name ?? '')) return false;
  if (/early_stop|od_wait|od_type/.test(program.text(objective.bodySpan))) return false;
  return ['n_estimators', 'iterations'].some((name) => {
    const rounds = made.argument(name);
    return rounds.kind === 'known' && mostOf(program, rounds.value) >= MANY_ROUNDS;
  });
}

/** The number, or the upper end of what `trial.suggest_int(name, low, high)` draws. */
function mostOf(program: Program, expression: Expression): number {
  const drawn = expression.kind === 'call' ? program.callOf(expression) : undefined;
  const high = drawn && methodName(drawn) === 'suggest_int' ? drawn.node.args[2] : undefined;
  const constant = program.constant(high === undefined ? expression : high.value);
  return constant.kind === 'known' && typeof constant.value === 'number' ? constant.value : 0;
}

function isKerasFit(program: Program, call: Call): boolean {
  if (methodName(call) !== 'fit') return false;
  const epochs = call.node.args.find(({ name }) => name === 'epochs');
  const constant = epochs && program.constant(epochs.value);
  if (!constant || (constant.kind === 'known' && Number(constant.value) < FEW_STEPS)) return false;
  return !/early_stop|EarlyStopping|callbacks/i.test(program.text(call.node.argsSpan));
}
