import * as vscode from 'vscode';
import type { Finding, Problem } from '../core/engine/finding.ts';
import type { Profile } from '../energy/profile.ts';
import type { AnalysisHost } from '../host/analysisHost.ts';
import { defaultProfile } from '../knowledge/hardware/builtinProfiles.ts';
import { buildReport } from '../report/buildReport.ts';
import { mainProfile } from '../report/mainProfile.ts';
import type { ReportModel, SkippedFile } from '../report/reportModel.ts';
import { EditorLinks } from './editorLinks.ts';
import type { ProjectSettingsSource } from './projectSettings.ts';
import { reportInput } from './reportInput.ts';
import { notebookTarget, type Snapshot, snapshotOf, targetOf, workspacePath } from './snapshot.ts';
import { workspaceFiles } from './workspaceFiles.ts';

/** What a run over the workspace gave. */
export interface WorkspaceReport {
  readonly label: string;
  /** Not suppressed, in path order. */
  readonly findings: readonly Finding[];
  readonly model: ReportModel;
  readonly excluded: number;
  readonly isCapped: boolean;
  /** By the path that findings carry. */
  readonly uris: ReadonlyMap<string, vscode.Uri>;
}

interface WorkspaceReportRequest {
  readonly host: AnalysisHost;
  readonly settings: ProjectSettingsSource;
  readonly toolVersion: string;
  readonly progress: vscode.Progress<{ message?: string; increment?: number }>;
  readonly token: vscode.CancellationToken;
}

/** Analyses all source files of the workspace one after the other; undefined when it was cancelled. */
export async function workspaceReport(request: WorkspaceReportRequest): Promise<WorkspaceReport | undefined> {
  const { host, settings, progress, token, toolVersion } = request;
  const { files, isCapped } = await workspaceFiles(token);
  const links = new EditorLinks(host);
  await links.prepare(files, openSnapshots());
  let analysed = 0;
  const findings: Finding[] = [];
  const skipped = new Map<string, SkippedFile>();
  const skip = ({ path, message }: Problem): unknown => skipped.set(`${path}: ${message}`, { path, reason: message });
  const uris = new Map<string, vscode.Uri>();
  let excluded = 0;
  const profiles: Profile[] = [];
  for (const [index, uri] of files.entries()) {
    if (token.isCancellationRequested) return undefined;
    const path = workspacePath(uri);
    progress.report({ message: `${index + 1} / ${files.length}  ${path}`, increment: 100 / files.length });
    uris.set(path, uri);
    const project = await settings.settingsFor(uri);
    profiles.push(project.settings.profile);
    project.problems.forEach(skip);
    if (project.isExcluded) {
      excluded++;
      continue;
    }
    const input = await reportInput(uri);
    if (!('cells' in input) && !('text' in input)) {
      skip(input);
      continue;
    }
    try {
      const result = await settings.withBaseline(
        await host.analyze(input, await settings.analysisSettings(project, input, uri), await links.factsFor(uri)),
        project,
        uri,
      );
      findings.push(...result.findings);
      result.problems.filter(({ kind }) => kind !== 'unused-suppression').forEach(skip);
      analysed++;
    } catch (error) {
      if (token.isCancellationRequested) return undefined;
      skip({ path, kind: 'parse-failed', message: error instanceof Error ? error.message : String(error) });
    }
  }
  const label = vscode.workspace.name ?? vscode.l10n.t('Workspace');
  const shown = findings.filter(({ suppression }) => suppression === undefined);
  const { profile, others } = mainProfile(profiles) ?? { profile: defaultProfile(), others: [] };
  const model = buildReport(findings, profile, {
    label,
    createdAt: new Date().toISOString(),
    toolVersion,
    analysedFiles: analysed,
    suppressedFindings: findings.length - shown.length,
    otherProfiles: others,
    skipped: [...skipped.values()],
  });
  return { label, findings: shown, model, excluded, isCapped, uris };
}

/** Texts that the user sees, saved or not. */
function openSnapshots(): readonly Snapshot[] {
  const files = vscode.workspace.textDocuments
    .filter((document) => document.uri.scheme !== 'vscode-notebook-cell')
    .map(targetOf);
  return [...files, ...vscode.workspace.notebookDocuments.map(notebookTarget)].flatMap((target) => {
    const snapshot = target && snapshotOf(target);
    return snapshot === undefined || snapshot === 'too-large' ? [] : [snapshot];
  });
}
