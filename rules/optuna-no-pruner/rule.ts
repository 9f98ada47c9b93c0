import { defineRule, type Hit } from '../../src/core/engine/rule.ts';
import type { FunctionDefinition } from '../../src/core/ir/definition.ts';
import type { Loop } from '../../src/core/semantics/place.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { contains } from '../../src/core/text/span.ts';
import { methodName } from '../shared/devices.ts';
import { epochsIn } from './epochsIn.ts';

interface State {
  readonly study: Call;
  readonly trials: number | undefined;
  /** What each trial repeats: epochs, rounds. */
  readonly steps: Loop | Call;
  readonly isNop: boolean;
}

/** Fewer trials than this leave a pruner nothing to compare with. */
const FEW_TRIALS = 10;
const PRUNES = /should_prune|PruningCallback|TrialPruned|\.report\(/;

export default defineRule<State>({
  meta: {
    id: 'optuna-no-pruner',
    title: 'Hyper-parameter trials that always run to the end',
    category: 'training-efficiency',
    languages: ['python'],
    tier: 'recommended',
    fixes: [],
    catalogue: ['optuna-no-pruner'],
    libraries: ['optuna'],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark) return;
    for (const study of program.calls) {
      if (study.name !== 'optuna.create_study' && study.name !== 'optuna.study.create_study') continue;
      const state = judge(program, study);
      if (state) yield report(state);
    }
  },
});

function judge(program: Program, study: Call): State | undefined {
  // Several objectives cannot be pruned.
  if (study.node.args.some(({ name, spread }) => name === 'directions' || spread !== undefined)) return undefined;
  for (const optimize of program.methodCalls(study)) {
    if (methodName(optimize) !== 'optimize') continue;
    const trials = trialsOf(program, optimize);
    if (trials === 'few') continue;
    const objective = objectiveOf(program, optimize);
    const isNop = /NopPruner/.test(program.text(study.node));
    if (objective === undefined || (prunes(program, objective) && !isNop)) continue;
    const steps = epochsIn(program, objective);
    if (steps) return { study, trials, steps, isNop };
  }
  return undefined;
}

function trialsOf(program: Program, optimize: Call): number | undefined | 'few' {
  const written = optimize.node.args.find(({ name }) => name === 'n_trials') ?? optimize.node.args[1];
  if (written === undefined || (written.name !== undefined && written.name !== 'n_trials')) return undefined;
  const constant = program.constant(written.value);
  if (constant.kind !== 'known' || typeof constant.value !== 'number') return undefined;
  return constant.value <= FEW_TRIALS ? 'few' : constant.value;
}

/** The objective: a function of this file, or a lambda that calls one. */
function objectiveOf(program: Program, optimize: Call): FunctionDefinition | undefined {
  const written = optimize.node.args.find(({ name }) => name === 'func') ?? optimize.node.args[0];
  if (written === undefined) return undefined;
  const values = program.values(written.value);
  const [value] = values;
  if (values.length !== 1 || value?.kind !== 'function') return undefined;
  if (value.definition.form !== 'lambda') return value.definition;
  const inner = program.calls.find(({ node }) => contains(value.definition.bodySpan, node));
  const called = inner ? program.values(inner.node.callee) : [];
  const [first] = called;
  return called.length === 1 && first?.kind === 'function' ? first.definition : undefined;
}

/** Reports and asks somewhere in the file: functions that the objective calls may do it. */
function prunes(program: Program, objective: FunctionDefinition): boolean {
  return PRUNES.test(program.text(objective.bodySpan)) || /should_prune|PruningCallback/.test(program.module.text);
}

function report(state: State): Hit<State> {
  const { study, trials, steps, isNop } = state;
  const isLoop = 'purpose' in steps;
  return {
    span: { start: study.node.start, end: study.node.callee.end },
    severity: 'information',
    message: {
      what: `Every one of the ${trials === undefined ? '' : `${trials} `}trials trains to its end, however bad its first ${isLoop ? 'epochs' : 'rounds'} are.`,
      why: isNop
        ? 'NopPruner ends no trial.'
        : 'The default pruner ends a trial only where the objective reports its intermediate scores, and this one does not.',
      advice:
        'Call `trial.report(score, epoch)` and `if trial.should_prune(): raise optuna.TrialPruned()` in each epoch, or use the pruning callback of the library.',
      condition: 'The saving depends on how early bad trials show.',
    },
    related: [{ span: isLoop ? steps.head : steps.node.callee, message: 'each trial runs this to its end' }],
    state,
  };
}
