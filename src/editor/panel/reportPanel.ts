import * as vscode from 'vscode';
import type { WorkspaceReport } from '../workspaceReport.ts';
import { jumpTo } from './jumpTo.ts';
import { type ExportFormat, isFromReport, type ToReport } from './reportProtocol.ts';
import { reportState } from './reportState.ts';
import { panelFolder, webviewPage } from './webviewPage.ts';

interface ReportPanelActions {
  readonly rerun: () => void;
  readonly exportReport: (format: ExportFormat) => void;
}

/** The tab "Green AI report". There is one; a new report replaces what it shows. */
export class ReportPanel implements vscode.Disposable {
  private panel: vscode.WebviewPanel | undefined;
  private report: WorkspaceReport | undefined;

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly actions: ReportPanelActions,
  ) {}

  show(report: WorkspaceReport): void {
    this.report = report;
    if (this.panel === undefined) {
      this.panel = this.open();
    } else {
      this.panel.reveal();
      this.draw();
    }
  }

  dispose(): void {
    this.panel?.dispose();
  }

  private open(): vscode.WebviewPanel {
    const panel = vscode.window.createWebviewPanel('greenAi.report', 'Green AI report', vscode.ViewColumn.Active, {
      enableScripts: true,
      localResourceRoots: [panelFolder(this.extensionUri)],
    });
    panel.onDidDispose(() => {
      this.panel = undefined;
    });
    panel.webview.onDidReceiveMessage((message) => this.onMessage(message));
    panel.webview.html = webviewPage({
      webview: panel.webview,
      extensionUri: this.extensionUri,
      name: 'reportView',
      title: 'Green AI report',
      body: '<main id="root"></main>',
    });
    return panel;
  }

  private draw(): void {
    if (this.report === undefined) return;
    const message: ToReport = { type: 'report', state: reportState(this.report) };
    void this.panel?.webview.postMessage(message);
  }

  private onMessage(message: unknown): void {
    if (!isFromReport(message)) return;
    switch (message.type) {
      case 'ready':
        return this.draw();
      case 'rerun':
        return this.actions.rerun();
      case 'export':
        return this.actions.exportReport(message.format);
      case 'jump':
        return void jumpTo(message.target);
    }
  }
}
