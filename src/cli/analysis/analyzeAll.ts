import type { Finding, Problem } from '../../core/engine/finding.ts';
import type { CliContext } from '../cliContext.ts';
import type { FoundFile } from '../files/collectFiles.ts';
import { problemText } from './configProblems.ts';
import type { FileOutcome, Session } from './session.ts';

/** Everything that a run over files gave. */
export interface Analysis {
  readonly outcomes: readonly FileOutcome[];
  readonly findings: readonly Finding[];
  readonly problems: readonly Problem[];
}

/** Analyses the files in order and names on standard error, as it goes, what could not be analysed and why. */
export async function analyzeAll(
  session: Session,
  files: readonly FoundFile[],
  context: CliContext,
): Promise<Analysis> {
  await session.link(files);
  const outcomes: FileOutcome[] = [];
  for (const file of files) {
    const outcome = await session.analyzeFile(file);
    for (const problem of problemsOf(outcome)) context.stderr(`${problemText(problem)}\n`);
    outcomes.push(outcome);
  }
  return analysisOf(outcomes);
}

export function analysisOf(outcomes: readonly FileOutcome[]): Analysis {
  return {
    outcomes,
    findings: outcomes.flatMap(({ result }) => result?.findings ?? []),
    problems: outcomes.flatMap(problemsOf),
  };
}

function problemsOf({ file, problem, result, source }: FileOutcome): readonly Problem[] {
  if (problem) return [problem];
  const nul = source?.text.indexOf('\0') ?? -1;
  const binary: Problem = {
    path: file.path,
    kind: 'parse-failed',
    message: `holds a NUL character at offset ${nul}; analysed as far as it goes`,
  };
  return [...(nul >= 0 ? [binary] : []), ...(result?.problems ?? [])];
}
