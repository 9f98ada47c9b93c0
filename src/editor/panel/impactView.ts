import * as vscode from 'vscode';
import { COMMANDS } from '../commandIds.ts';
import { jumpTo } from './jumpTo.ts';
import { type ImpactState, isFromWebview, type ToWebview } from './protocol.ts';
import { panelFolder, webviewPage } from './webviewPage.ts';

export const IMPACT_VIEW = 'greenAi.impact';

/** The view "Energy impact". The page is thrown away while hidden; it asks for the state whenever it starts. */
export class ImpactView implements vscode.WebviewViewProvider {
  private view: vscode.WebviewView | undefined;

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly state: () => ImpactState,
    private readonly onStart: () => void,
  ) {}

  resolveWebviewView(view: vscode.WebviewView): void {
    this.view = view;
    view.onDidDispose(() => {
      if (this.view === view) this.view = undefined;
    });
    view.webview.options = { enableScripts: true, localResourceRoots: [panelFolder(this.extensionUri)] };
    view.webview.onDidReceiveMessage((message) => this.onMessage(message));
    view.webview.html = webviewPage({
      webview: view.webview,
      extensionUri: this.extensionUri,
      name: 'impactView',
      title: vscode.l10n.t('Energy impact'),
      // Only the total is read out: it changes while somebody types.
      body: '<main id="root"></main><p id="spoken" class="unseen" role="status" aria-live="polite"></p>',
    });
  }

  /** Draws the state of now, where the view is there to show it. */
  refresh(): void {
    if (this.view?.visible !== true) return;
    const message: ToWebview = { type: 'state', state: this.state() };
    void this.view.webview.postMessage(message);
  }

  private onMessage(message: unknown): void {
    if (!isFromWebview(message)) return;
    switch (message.type) {
      case 'ready':
        this.onStart();
        return this.refresh();
      case 'selectProfile':
        return void vscode.commands.executeCommand(COMMANDS.selectProfile);
      case 'report':
        return void vscode.commands.executeCommand(COMMANDS.report);
      case 'jump':
        return void jumpTo(message.target);
    }
  }
}
