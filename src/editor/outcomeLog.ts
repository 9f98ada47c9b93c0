import type * as vscode from 'vscode';
import type { AnalysisOutcome } from './documentAnalysis.ts';

/** What the user sees anyway, or makes while typing, is no warning. */
const EVERYDAY: readonly string[] = ['unused-suppression', 'syntax-error'];

/** Writes what an analysis came to into the extension's log. */
export function logOutcome(
  log: vscode.LogOutputChannel,
  { uri, kind, milliseconds, problems, message }: AnalysisOutcome,
): void {
  for (const problem of problems) {
    if (!EVERYDAY.includes(problem.kind)) log.warn(`${problem.path}: ${problem.kind}: ${problem.message}`);
  }
  if (message !== undefined) log.error(`${uri.toString(true)}: ${message}`);
  else log.debug(`${uri.toString(true)}: ${kind} (${milliseconds ?? 0} ms)`);
}
