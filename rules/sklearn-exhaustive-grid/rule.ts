import { defineRule, type Edit, type Fix, type Hit } from '../../src/core/engine/rule.ts';
import { insertArgument } from '../../src/core/fixes/callEdits.ts';
import { importEdit } from '../../src/core/fixes/importEdit.ts';
import type { Argument, Expression } from '../../src/core/ir/expression.ts';
import type { Loop } from '../../src/core/semantics/place.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import type { WorkloadChange } from '../../src/energy/workload.ts';
import { usesToyTable } from '../shared/toyTables.ts';
import { type Folds, foldsOf } from './folds.ts';
import { gridLoops } from './gridLoops.ts';
import { type Grid, gridOf } from './gridSize.ts';

interface State {
  readonly call: Call;
  readonly grid: Grid;
  readonly folds: Folds;
  /** The loops that search by hand; absent for a search of the library. */
  readonly loops?: readonly Loop[];
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

const WHY = 'A full grid spends most fits on values that the first ones already rule out; random search samples them.';
const CONDITION = 'The saving depends on the number of rows and on what one fit costs.';

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
      const byHand = gridLoops(program, call);
      if (byHand && isLarge(byHand, call.name)) yield reportLoops(byHand);
      if (call.name !== 'sklearn.model_selection.GridSearchCV') continue;
      const written = gridArgument(call);
      const grid = written && gridOf(program, written.value);
      if (!grid || !isFitted(program, call)) continue;
      const folds = foldsOf(program, call);
      if (isLarge({ grid, folds }, estimatorOf(program, call)?.name)) yield report({ call, grid, folds });
    }
  },

  effect({ state: { grid, folds } }): WorkloadChange {
    const after = sampledOf(grid);
    return {
      before: { kind: 'classical-fit', unit: 'run', engine: 'sklearn', repeats: grid.candidates * folds.count },
      after: { repeats: after * folds.count },
      alsoSaves: ['latency'],
    };
  },

  fixes({ state }, program): readonly Fix[] {
    const edits = state.loops ? undefined : randomisedEdits(program, state);
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

function isLarge({ grid, folds }: Pick<State, 'grid' | 'folds'>, estimator: string | undefined): boolean {
  const least = CHEAP.test(estimator ?? '') ? MANY_CHEAP_FITS : MANY_FITS;
  return grid.candidates * folds.count >= least;
}

function estimatorOf(program: Program, call: Call): Call | undefined {
  const [first] = call.node.args;
  const estimator = call.node.args.find(({ name }) => name === 'estimator') ?? first;
  return estimator && program.origin(estimator.value);
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

function sampledOf({ candidates }: Grid): number {
  return Math.min(SAMPLED, Math.ceil(candidates / 3));
}

function reportLoops(state: State): Hit<State> {
  const { call, grid, folds, loops = [] } = state;
  const least = folds.isExact ? '' : 'at least ';
  const [outermost] = loops.slice(-1);
  return {
    span: { start: call.node.start, end: call.node.callee.end },
    severity: 'information',
    message: {
      what: `These loops fit the model ${least}${(grid.candidates * folds.count).toLocaleString('en')} times, once for each combination of ${grid.axes.length} hyper-parameters.`,
      why: WHY,
      advice: `Try some ${sampledOf(grid)} random combinations (RandomizedSearchCV), or let HalvingGridSearchCV drop the poor ones early.`,
      condition: CONDITION,
    },
    related: outermost ? [{ span: outermost.head, message: 'the search begins here' }] : [],
    state,
  };
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
      why: WHY,
      advice:
        rounds === undefined
          ? `Use RandomizedSearchCV(n_iter=${sampledOf(grid)})${halving}.`
          : `Take \`${rounds}\` out of the grid (early stopping finds it in one fit), and use RandomizedSearchCV${halving} for the rest.`,
      condition: CONDITION,
    },
    related: [],
    state,
  };
}
