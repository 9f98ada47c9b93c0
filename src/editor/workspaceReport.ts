import * as vscode from 'vscode';
import type { Finding, Problem } from '../core/engine/finding.ts';
import type { Profile } from '../energy/profile.ts';
import type { AnalysisHost } from '../host/analysisHost.ts';
import { inOrder } from '../host/inOrder.ts';
import type { ProjectSettings } from '../host/project/projectReader.ts';
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

/** Files that are read while others are analysed. */
const FILES_AT_ONCE = 16;

/** One file of the workspace with everything that is said of it. */
interface ReportedFile {
  readonly uri: vscode.Uri;
  readonly project: ProjectSettings;
  readonly findings: readonly Finding[];
  readonly problems: readonly Problem[];
  readonly isAnalysed: boolean;
}

/** Analyses all source files of the workspace, several at a time; undefined when it was cancelled. */
export async function workspaceReport(request: WorkspaceReportRequest): Promise<WorkspaceReport | undefined> {
  const { host, progress, token, toolVersion } = request;
  const { files, isCapped } = await workspaceFiles(token);
  const links = new EditorLinks(host);
  await links.prepare(files, openSnapshots());
  let analysed = 0;
  let excluded = 0;
  const findings: Finding[] = [];
  const skipped = new Map<string, SkippedFile>();
  const uris = new Map<string, vscode.Uri>();
  const profiles: Profile[] = [];
  const reported = inOrder(files, FILES_AT_ONCE, (uri) => reportedFile(uri, links, request));
  for await (const { uri, project, problems, isAnalysed, findings: own } of reported) {
    if (token.isCancellationRequested) return undefined;
    const path = workspacePath(uri);
    progress.report({ message: `${uris.size + 1} / ${files.length}  ${path}`, increment: 100 / files.length });
    uris.set(path, uri);
    profiles.push(project.settings.profile);
    if (project.isExcluded) excluded++;
    if (isAnalysed) analysed++;
    findings.push(...own);
    for (const { path: at, message } of problems) skipped.set(`${at}: ${message}`, { path: at, reason: message });
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

async function reportedFile(
  uri: vscode.Uri,
  links: EditorLinks,
  { host, settings, token }: WorkspaceReportRequest,
): Promise<ReportedFile> {
  const project = await settings.settingsFor(uri);
  const nothing = { uri, project, findings: [], problems: project.problems, isAnalysed: false };
  if (project.isExcluded || token.isCancellationRequested) return nothing;
  const input = await reportInput(uri);
  if (!('cells' in input) && !('text' in input)) return { ...nothing, problems: [...project.problems, input] };
  try {
    const inForce = await settings.analysisSettings(project, input, uri);
    const answer = await host.analyze(input, inForce, await links.factsFor(uri));
    const { findings, problems } = await settings.withBaseline(answer, project, uri);
    const told = problems.filter(({ kind }) => kind !== 'unused-suppression');
    return { uri, project, findings, problems: [...project.problems, ...told], isAnalysed: true };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { ...nothing, problems: [...project.problems, { path: input.path, kind: 'parse-failed', message }] };
  }
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
