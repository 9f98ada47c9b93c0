import * as vscode from 'vscode';
import { COMMANDS } from './commandIds.ts';

/** What the open file could save a year; a click opens the energy view. Hidden where there is nothing to say. */
export class EnergyStatusBar implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem('greenAi.saving', vscode.StatusBarAlignment.Right, 100);

  constructor() {
    this.item.name = 'Green AI: possible saving';
    this.item.command = COMMANDS.showImpact;
  }

  show(saving: { readonly amount: string; readonly interval: string } | undefined): void {
    if (saving === undefined) {
      this.item.hide();
      return;
    }
    this.item.text = `$(zap) ${saving.amount}/year`;
    this.item.tooltip = vscode.l10n.t(
      'Possible saving in this file: {0} per year ({1}). Open the energy impact view.',
      saving.amount,
      saving.interval,
    );
    this.item.accessibilityInformation = { label: `Green AI: possible saving ${saving.amount} per year` };
    this.item.show();
  }

  dispose(): void {
    this.item.dispose();
  }
}
