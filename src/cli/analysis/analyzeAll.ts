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

/**
 * True when the user named only what cannot be read: that is no clean result. What was left out on purpose (too large, no
 * source file) is not meant.
 */
export function isNothingRead(outcomes: readonly ReadOutcome[], isUnlisted: boolean): boolean {
  if (outcomes.length === 0) return isUnlisted;
  return outcomes.every(({ file, problem }) => file.isExplicit && problem?.kind === 'unreadable');
}

interface ReadOutcome {
  readonly file: FoundFile;
  readonly problem?: Problem | undefined;
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
  const problems = result?.problems ?? [];
  const nul = source?.text.indexOf('\0') ?? -1;
  if (nul < 0) return problems;
  const message = `holds a NUL character at offset ${nul}; analysed as far as it goes`;
  // It is a syntax error too, which would say less.
  return [
    { path: file.path, kind: 'syntax-error', message },
    ...problems.filter(({ kind }) => kind !== 'syntax-error'),
  ];
}
