import type { Analyzer } from '../../core/engine/analyzer.ts';
import type { Parsers } from '../../core/syntax/parsers.ts';
import type { AnalysisHost, HostState } from '../../host/analysisHost.ts';
import { LocalHost } from '../../host/localHost.ts';
import { RelevantTexts } from '../../host/relevantTexts.ts';
import { ScalingHost } from '../../host/scalingHost.ts';
import { WorkerHost } from '../../host/workerHost.ts';
import { WorkerPool } from '../../host/workerPool.ts';
import type { CliContext } from '../cliContext.ts';

/** Characters of source whose lowered form waits for the analysis after the summary: some 100 MB at most; more costs the collector what the parser saves. */
export const KEPT_CHARACTERS = 2_000_000;
/** Some seconds of work: a start of workers costs some tenths. */
const LOCAL_CHARACTERS = 500_000;
/** A crowded machine is slow, and nobody waits at a cursor. */
const LIMIT_MS = 120_000;
const RECYCLE_AFTER = 5_000;

/** The engine of one run: in this thread, and in workers as well once the run turns out to be long or `jobs` asks for them. */
export function createHost(
  context: CliContext,
  parsers: Parsers,
  analyzer: Analyzer,
  jobs: number | undefined,
): AnalysisHost {
  const { workers } = context;
  const local = new LocalHost(analyzer, (language) => parsers.prepare(language));
  const most = jobs ?? workers?.most ?? 1;
  if (!workers || most === 1) return local;
  const onState = (state: HostState): void => {
    if (state.kind !== 'running') context.stderr(`green-ai: a worker was ${state.kind}: ${state.reason}\n`);
  };
  const createMember = (): WorkerHost =>
    new WorkerHost({
      start: () => workers.start(KEPT_CHARACTERS / most),
      onState,
      limitMs: LIMIT_MS,
      recycleAfter: RECYCLE_AFTER,
    });
  const host = new ScalingHost({
    local,
    startWorkers: () => new WorkerPool(most, createMember),
    localCharacters: jobs === undefined ? LOCAL_CHARACTERS : 0,
  });
  return new RelevantTexts(host);
}
