import * as vscode from 'vscode';
import { amountText, intervalText } from '../energy/estimateText.ts';
import { totalSaving } from '../report/totalSaving.ts';
import { COMMANDS } from './commandIds.ts';
import { type AnalysedTarget, shownFindings } from './findingsStore.ts';
import { showsStatusBar } from './settings.ts';

/** What the open file could save a year; a click opens the energy view. Hidden where there is nothing to say. */
export class EnergyStatusBar implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem('greenAi.saving', vscode.StatusBarAlignment.Right, 100);

  constructor() {
    this.item.name = 'Green AI: possible saving';
    this.item.command = COMMANDS.showImpact;
  }

  show(analysed: AnalysedTarget | undefined): void {
    const saving = analysed && totalSaving(shownFindings(analysed));
    if (saving === undefined || saving.counted === 0 || !showsStatusBar()) {
      this.item.hide();
      return;
    }
    const amount = amountText(saving.energy);
    this.item.text = `$(zap) ${amount}/year`;
    this.item.tooltip = vscode.l10n.t(
      'Possible saving in this file: {0} per year ({1}). Open the energy impact view.',
      amount,
      intervalText(saving.energy),
    );
    this.item.accessibilityInformation = { label: `Green AI: possible saving ${amount} per year` };
    this.item.show();
  }

  dispose(): void {
    this.item.dispose();
  }
}
