import { defineRule, type Fix, type Hit } from '../../src/core/engine/rule.ts';
import type { Expression } from '../../src/core/ir/expression.ts';
import type { Program } from '../../src/core/semantics/program.ts';
import { writtenSource } from '../shared/writtenSource.ts';
import { isPlainBody } from './plainBody.ts';
import { type RowLoop, rowLoops } from './rowLoop.ts';
import { zipEdits } from './zipFix.ts';

/** Methods whose result has few rows, or few groups. */
const FEW_ROWS =
  /\b(head|tail|sample|groupby|agg|aggregate|value_counts|describe|pivot_table|crosstab|nlargest|nsmallest|corr|mode|unstack|T)\b|\[:\s*\d{1,3}\]/;

export default defineRule<RowLoop>({
  meta: {
    id: 'pandas-iterrows',
    title: 'Data frame computed row by row with iterrows()',
    category: 'redundant-compute',
    languages: ['python'],
    tier: 'recommended',
    fixes: ['suggestion'],
    catalogue: ['pandas-iterrows'],
    libraries: ['pandas'],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark) return;
    for (const loop of rowLoops(program)) {
      if (hasFewRows(program, loop.frame) || !isPlainBody(program, loop)) continue;
      yield report(loop, isReadFromFile(program, loop.frame));
    }
  },

  fixes({ state }, program): readonly Fix[] {
    const edits = zipEdits(program, state);
    if (edits === undefined) return [];
    return [
      {
        title: 'Iterate the columns that the loop reads',
        safety: 'suggestion',
        edits,
        reason:
          'Rows of mixed number types came as floats: whole numbers stay whole now. A computation on whole columns is faster still.',
      },
    ];
  },
});

/** The frame is a part, a summary, or written out in the source. */
function hasFewRows(program: Program, frame: Expression): boolean {
  if (FEW_ROWS.test(program.text(frame))) return true;
  if (isSummaryName(frame)) return true;
  const origin = program.origin(frame);
  if (FEW_ROWS.test(program.text(origin?.node ?? writtenSource(frame, program)))) return true;
  if (origin === undefined) return false;
  const [data] = origin.node.args;
  return origin.name === 'pandas.DataFrame' && data !== undefined && isWritten(program, data.value);
}

const MOST_STEPS = 8;

/** The frame is what a file holds, after methods that keep its rows. A frame that the file computes may be a summary of it. */
function isReadFromFile(program: Program, frame: Expression): boolean {
  let current = program.origin(frame);
  for (let step = 0; current !== undefined && step < MOST_STEPS; step++) {
    if (current.api?.roles.includes('file-read')) return true;
    if (current.api?.returns !== 'pandas.DataFrame' || current.receiver === undefined) return false;
    current = program.origin(current.receiver);
  }
  return false;
}

function isWritten(program: Program, data: Expression): boolean {
  return program.values(data).every((value) => value.kind === 'collection' && value.node.kind !== 'comprehension');
}

/** `summary`, `results`, `metrics`: a table of a few lines for people. */
function isSummaryName(frame: Expression): boolean {
  const name = frame.kind === 'name' || frame.kind === 'attribute' ? frame.name : '';
  return /summary|profiles?$|results?$|metrics|importance|stats|leaderboard|config|classes|labels?$|top_?\d*|best|counts?$/i.test(
    name,
  );
}

function report(state: RowLoop, isFromFile: boolean): Hit<RowLoop> {
  const { statement } = state;
  const columns = new Set(state.reads.map(({ column }) => column));
  return {
    span: { start: statement.start, end: statement.iterable?.end ?? statement.start },
    severity: 'information',
    message: {
      what: `Every row becomes a Series of all columns, of which this loop reads ${columns.size === 1 ? 'one' : columns.size}.`,
      why: 'iterrows() builds an object for each row and boxes every value; a loop over the columns alone is several times as fast, whole-column operations a thousand times.',
      advice: 'Compute on whole columns; where a loop is needed, iterate `zip(frame["a"], frame["b"])`.',
      condition: 'The saving depends on the number of rows.',
    },
    related: [],
    requiresStrict: !isFromFile,
    state,
  };
}
