import { defineRule, type Edit, type Fix, type Hit } from '../../src/core/engine/rule.ts';
import { insertArgument } from '../../src/core/fixes/callEdits.ts';
import { importEdit } from '../../src/core/fixes/importEdit.ts';
import type { Argument, Expression } from '../../src/core/ir/expression.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import type { WorkloadChange } from '../../src/energy/workload.ts';
import { usesToyTable } from '../shared/toyTables.ts';
import { type Folds, foldsOf } from './folds.ts';
import { type Grid, gridOf } from './gridSize.ts';

interface State {
  readonly call: Call;
  readonly grid: Grid;
  readonly folds: Folds;
}

/** Searches with fewer fits end soon. */
const MANY_FITS = 100;
/** Fits of these take milliseconds on a table of usual size: only a great many matter. */
const MANY_CHEAP_FITS = 1000;
const CHEAP = /^sklearn\.(linear_model|naive_bayes|neighbors|tree|discriminant_analysis)\./;
/** Candidates that a random search tries instead: the best of 60 random ones is among the best 5 % with a probability of 95 %. */
const SAMPLED = 60;
/** Axes whose good value one single fit finds. */
const ROUNDS = /^(n_estimators|max_iter|num_boost_round|iterations|epochs|n_epochs)$/;

export default defineRule<State>({
  meta: {
    id: 'sklearn-exhaustive-grid',
    title: 'Exhaustive search over a large grid',
    category: 'training-efficiency',
    languages: ['python'],
    tier: 'recommended',
    fixes: ['suggestion'],
    catalogue: ['sklearn-exhaustive-grid'],
    libraries: ['sklearn'],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark || usesToyTable(program)) return;
    for (const call of program.calls) {
      if (call.name !== 'sklearn.model_selection.GridSearchCV') continue;
      const written = gridArgument(call);
      const grid = written && gridOf(program, written.value);
      if (!grid || !isFitted(program, call)) continue;
      const folds = foldsOf(program, call);
      const least = isCheap(program, call) ? MANY_CHEAP_FITS : MANY_FITS;
      if (grid.candidates * folds.count >= least) yield report({ call, grid, folds });
    }
  },

  effect({ state: { grid, folds } }): WorkloadChange {
    const after = Math.min(SAMPLED, Math.ceil(grid.candidates / 3));
    return {
      before: { kind: 'classical-fit', unit: 'run', engine: 'sklearn', repeats: grid.candidates * folds.count },
      after: { repeats: after * folds.count },
      alsoSaves: ['latency'],
    };
  },

  fixes({ state }, program): readonly Fix[] {
    const edits = randomisedEdits(program, state);
    if (edits === undefined) return [];
    return [
      {
        title: `Try ${SAMPLED} random candidates of the grid`,
        safety: 'suggestion',
        edits,
        reason:
          'The best candidate of the sample may differ from the best of the whole grid; set random_state to repeat it.',
      },
    ];
  },
});

/** The estimator is one whose fit is quick. */
function isCheap(program: Program, call: Call): boolean {
  const [first] = call.node.args;
  const estimator = call.node.args.find(({ name }) => name === 'estimator') ?? first;
  const made = estimator && program.origin(estimator.value);
  return made !== undefined && CHEAP.test(made.name ?? '');
}

function gridArgument(call: Call): Argument | undefined {
  const second = call.node.args[1];
  const isSpread = call.node.args.slice(0, 2).some(({ spread }) => spread !== undefined);
  if (isSpread) return undefined;
  return call.node.args.find(({ name }) => name === 'param_grid') ?? (second?.name === undefined ? second : undefined);
}

/** Something runs the search: a `fit` here, or code that gets it. */
function isFitted(program: Program, call: Call): boolean {
  return program.methodCalls(call).length > 0 || program.uses(call).length > 0;
}

/** `GridSearchCV(e, grid, …)` → `RandomizedSearchCV(e, grid, …, n_iter=60)`; attributes of the result stay the same. */
function randomisedEdits(program: Program, { call, grid }: State): readonly Edit[] | undefined {
  const positional = call.node.args.filter(({ name, spread }) => name === undefined && spread === undefined).length;
  if (grid.candidates <= SAMPLED || positional > 2 || call.node.args.some(({ spread }) => spread !== undefined))
    return undefined;
  if (call.node.args.some(({ name }) => name === 'iid' || name === 'fit_params')) return undefined;
  const module = 'sklearn.model_selection';
  const search = importEdit(program.module, { module, name: 'RandomizedSearchCV', at: call.node.start });
  if (search === undefined) return undefined;
  const keyword = call.node.args.find(({ name }) => name === 'param_grid');
  const renamed: readonly Edit[] = keyword
    ? [{ span: { start: keyword.start, end: keyword.start + 'param_grid'.length }, text: 'param_distributions' }]
    : [];
  return [
    ...search.edits,
    { span: spanOf(call.node.callee), text: search.local },
    ...renamed,
    ...insertArgument(call.node, `n_iter=${SAMPLED}`, program.module.text),
  ];
}

function spanOf({ start, end }: Expression): { start: number; end: number } {
  return { start, end };
}

function report(state: State): Hit<State> {
  const { call, grid, folds } = state;
  const fits = grid.candidates * folds.count;
  const rounds = grid.axes.find((axis) => ROUNDS.test(axis));
  // A part of the rows is no series any more.
  const halving = folds.isOrdered ? '' : ' or HalvingGridSearchCV';
  const least = folds.isExact ? '' : 'at least ';
  const parts = folds.isExact ? ` (${grid.candidates} candidates × ${folds.count} folds)` : '';
  return {
    span: { start: call.node.start, end: call.node.callee.end },
    severity: 'information',
    message: {
      what: `This search fits the model ${least}${fits.toLocaleString('en')} times${parts}.`,
      why: 'A full grid spends most fits on values that the first ones already rule out; random search samples them.',
      advice:
        rounds === undefined
          ? `Use RandomizedSearchCV(n_iter=${Math.min(SAMPLED, Math.ceil(grid.candidates / 3))})${halving}.`
          : `Take \`${rounds}\` out of the grid (early stopping finds it in one fit), and use RandomizedSearchCV${halving} for the rest.`,
      condition: 'The saving depends on the number of rows and on what one fit costs.',
    },
    related: [],
    state,
  };
}
