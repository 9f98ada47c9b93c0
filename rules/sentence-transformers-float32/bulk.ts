import type { Call, Program } from '../../src/core/semantics/program.ts';
import { isBulkRun } from '../shared/bulkRun.ts';
import { runsOf } from '../shared/modelRuns.ts';
import { largestScale, type Scale, scaleOf } from '../shared/scale.ts';

/**
 * How often a loaded model computes many texts: in a loop, or in one call for a list. `undefined` where it computes single
 * queries, or a few written texts.
 */
export function bulkScale(program: Program, load: Call): Scale | undefined {
  const bulk = runsOf(program, load).filter((run) => scaleOf(program, run).kind === 'items' || isBulkRun(program, run));
  const scale = largestScale(program, bulk);
  // One call for a whole corpus is no demonstration, but how large the corpus is the file does not say.
  return scale?.kind === 'once' ? { kind: 'unknown' } : scale;
}
