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
  const outcomes: FileOutcome[] = [];
  const problems: Problem[] = [];
  for await (const outcome of session.analyzeFiles(files)) {
    const own = problemsOf(outcome);
    for (const problem of own) context.stderr(`${problemText(problem)}\n`);
    problems.push(...own);
    outcomes.push(shownOf(outcome));
  }
  return { outcomes, findings: findingsOf(outcomes), problems };
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
    findings: findingsOf(outcomes),
    problems: outcomes.flatMap(problemsOf),
  };
}

/** Texts are shown with their findings only: those without any are not kept to the end of a run over thousands of files. */
function shownOf({ source, input, ...outcome }: FileOutcome): FileOutcome {
  if (!source || !input || !outcome.result || outcome.result.findings.length === 0) return outcome;
  return { ...outcome, source, input };
}

function findingsOf(outcomes: readonly FileOutcome[]): readonly Finding[] {
  return outcomes.flatMap(({ result }) => result?.findings ?? []);
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
