import * as vscode from 'vscode';
import type { AnalysisHost } from '../host/analysisHost.ts';
import type { GreenAi } from './greenAi.ts';
import { ReportPanel } from './panel/reportPanel.ts';
import type { ExportFormat } from './panel/reportProtocol.ts';
import { renderReport } from './renderReport.ts';
import { type WorkspaceReport, workspaceReport } from './workspaceReport.ts';

const EXTENSIONS: Readonly<Record<ExportFormat, string>> = { html: 'html', markdown: 'md', json: 'json' };

/** "Green AI: Report": analyses the workspace in an engine of its own, so that typing never waits for it, and shows the result. */
export class ReportCommand implements vscode.Disposable {
  private readonly panel: ReportPanel;
  private report: WorkspaceReport | undefined;
  private running: Promise<WorkspaceReport | undefined> | undefined;

  constructor(
    private readonly greenAi: GreenAi,
    private readonly createHost: () => AnalysisHost,
    extensionUri: vscode.Uri,
    private readonly toolVersion: string,
  ) {
    this.panel = new ReportPanel(extensionUri, {
      rerun: () => void this.run(),
      exportReport: (format) => void this.exportReport(format),
    });
  }

  /** One run at a time: a second call waits for the first one's report. */
  run(): Promise<WorkspaceReport | undefined> {
    this.running ??= this.analyzeAndShow().finally(() => {
      this.running = undefined;
    });
    return this.running;
  }

  /** Writes the last report; asks where unless a place is given. */
  async exportReport(format: ExportFormat, place?: vscode.Uri): Promise<vscode.Uri | undefined> {
    if (this.report === undefined) return undefined;
    const target = place ?? (await askWhere(format));
    if (target === undefined) return undefined;
    try {
      await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(renderReport(this.report.model, format)));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      void vscode.window.showErrorMessage(vscode.l10n.t('The report was not written: {0}', reason));
      return undefined;
    }
    return target;
  }

  dispose(): void {
    this.panel.dispose();
  }

  private async analyzeAndShow(): Promise<WorkspaceReport | undefined> {
    if (vscode.workspace.workspaceFolders === undefined) {
      void vscode.window.showInformationMessage(vscode.l10n.t('Green AI reports on a workspace: open a folder first.'));
      return undefined;
    }
    const host = this.createHost();
    try {
      const report = await vscode.window.withProgress(
        { location: vscode.ProgressLocation.Notification, title: vscode.l10n.t('Green AI report'), cancellable: true },
        (progress, token) => {
          token.onCancellationRequested(() => host.dispose());
          return workspaceReport({
            host,
            settings: this.greenAi.settings,
            toolVersion: this.toolVersion,
            progress,
            token,
          });
        },
      );
      if (report === undefined) return undefined;
      this.report = report;
      this.greenAi.setReport(report);
      this.panel.show(report);
      return report;
    } finally {
      host.dispose();
    }
  }
}

function askWhere(format: ExportFormat): Thenable<vscode.Uri | undefined> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const name = `green-ai-report.${EXTENSIONS[format]}`;
  return vscode.window.showSaveDialog({
    ...(folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder, name) }),
    filters: { [format.toUpperCase()]: [EXTENSIONS[format]] },
    title: vscode.l10n.t('Export Green AI report'),
  });
}
