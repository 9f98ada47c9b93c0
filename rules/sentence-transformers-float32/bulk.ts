import type { Call, Program } from '../../src/core/semantics/program.ts';
import { hasWord } from '../shared/identifierWords.ts';
import { runsOf } from '../shared/modelRuns.ts';
import { largestScale, type Scale, scaleOf } from '../shared/scale.ts';

/** Names of what holds many texts. */
const MANY = new Set(
  'texts documents docs sentences corpus chunks passages batch rows pairs abstracts articles reviews titles lines queries questions contents'.split(
    ' ',
  ),
);
/** What people pass only where many texts are encoded. */
const BULK_KEYWORDS = /^(batch_size|show_progress_bar|chunk_size|pool)$/;

/**
 * How often a loaded model computes many texts: in a loop, or in one call for a list. `undefined` where it computes single
 * queries, or a few written texts.
 */
export function bulkScale(program: Program, load: Call): Scale | undefined {
  const bulk = runsOf(program, load).filter((run) => isBulk(program, run));
  const scale = largestScale(program, bulk);
  // One call for a whole corpus is no demonstration, but how large the corpus is the file does not say.
  return scale?.kind === 'once' ? { kind: 'unknown' } : scale;
}

function isBulk(program: Program, run: Call): boolean {
  if (scaleOf(program, run).kind === 'items') return true;
  const [first] = run.node.args;
  if (first === undefined) return false;
  const values = program.values(first.value);
  const isWritten = values.every(({ kind }) => kind === 'constant' || kind === 'collection');
  if (isWritten) return false;
  if (run.node.args.some(({ name }) => BULK_KEYWORDS.test(name ?? ''))) return true;
  const { value } = first;
  const name = value.kind === 'name' || value.kind === 'attribute' ? value.name : '';
  return hasWord(name, MANY);
}
