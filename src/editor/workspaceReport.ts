import * as vscode from 'vscode';
import type { AnalysisResult } from '../core/engine/analysis.ts';
import type { Finding, Problem } from '../core/engine/finding.ts';
import type { Profile } from '../energy/profile.ts';
import type { AnalysisHost } from '../host/analysisHost.ts';
import type { ProjectSettings } from '../host/project/projectReader.ts';
import { reportInput } from './reportInput.ts';
import { workspacePath } from './snapshot.ts';
import { workspaceFiles } from './workspaceFiles.ts';

/** What a run over the workspace gave. */
export interface WorkspaceReport {
  readonly label: string;
  /** Not suppressed, in path order. */
  readonly findings: readonly Finding[];
  readonly suppressed: number;
  readonly problems: readonly Problem[];
  readonly files: { readonly analysed: number; readonly excluded: number; readonly failed: number };
  readonly isCapped: boolean;
  readonly profile: Profile | undefined;
  /** By the path that findings carry. */
  readonly uris: ReadonlyMap<string, vscode.Uri>;
}

export interface WorkspaceReportRequest {
  readonly host: AnalysisHost;
  readonly settingsFor: (uri: vscode.Uri) => Promise<ProjectSettings>;
  readonly progress: vscode.Progress<{ message?: string; increment?: number }>;
  readonly token: vscode.CancellationToken;
}

/** Analyses all source files of the workspace one after the other; undefined when it was cancelled. */
export async function workspaceReport(request: WorkspaceReportRequest): Promise<WorkspaceReport | undefined> {
  const { host, settingsFor, progress, token } = request;
  const { files, isCapped } = await workspaceFiles(token);
  const results: AnalysisResult[] = [];
  const problems: Problem[] = [];
  const uris = new Map<string, vscode.Uri>();
  let excluded = 0;
  let profile: Profile | undefined;
  for (const [index, uri] of files.entries()) {
    if (token.isCancellationRequested) return undefined;
    const path = workspacePath(uri);
    progress.report({ message: `${index + 1} / ${files.length}  ${path}`, increment: 100 / files.length });
    uris.set(path, uri);
    const project = await settingsFor(uri);
    profile ??= project.settings.profile;
    if (project.isExcluded) {
      excluded++;
      continue;
    }
    const input = await reportInput(uri);
    if (!('cells' in input) && !('text' in input)) {
      problems.push(input);
      continue;
    }
    try {
      results.push(await host.analyze(input, project.settings));
    } catch (error) {
      if (token.isCancellationRequested) return undefined;
      problems.push({ path, kind: 'parse-failed', message: error instanceof Error ? error.message : String(error) });
    }
  }
  const all = results.flatMap(({ findings }) => findings);
  const findings = all.filter(({ suppression }) => suppression === undefined);
  return {
    label: vscode.workspace.name ?? vscode.l10n.t('Workspace'),
    findings,
    suppressed: all.length - findings.length,
    problems: [...problems, ...results.flatMap((result) => result.problems)],
    files: { analysed: results.length, excluded, failed: problems.length },
    isCapped,
    profile,
    uris,
  };
}
