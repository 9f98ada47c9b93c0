import * as vscode from 'vscode';
import { COMMANDS } from './commandIds.ts';
import { showDebugInformation } from './debugInformation.ts';
import type { GreenAi } from './greenAi.ts';
import { IMPACT_VIEW } from './panel/impactView.ts';
import { createProfileFile } from './profileFile.ts';
import { pickProfile } from './profilePicker.ts';
import type { ReportCommand } from './reportCommand.ts';
import { openSample } from './sample.ts';

/** Every contributed command. Each one works without an open file, since the palette offers it everywhere. */
export function registerCommands(
  greenAi: GreenAi,
  report: ReportCommand,
  extension: vscode.Extension<unknown>,
): vscode.Disposable {
  const handlers: Readonly<Record<(typeof COMMANDS)[keyof typeof COMMANDS], (argument?: unknown) => unknown>> = {
    [COMMANDS.report]: () => report.run(),
    [COMMANDS.selectProfile]: () => pickProfile(greenAi.profile(), greenAi.localMachine),
    [COMMANDS.createProfileFile]: () => createProfileFile(),
    [COMMANDS.showImpact]: () => vscode.commands.executeCommand(`${IMPACT_VIEW}.focus`),
    [COMMANDS.openRuleDocumentation]: (id) => openDocumentation(greenAi, id),
    [COMMANDS.openSample]: () => openSample(),
    [COMMANDS.restart]: () => greenAi.restart(),
    [COMMANDS.showDebugInformation]: () => showDebugInformation(greenAi, extension),
    [COMMANDS.showOutput]: () => greenAi.log.show(),
  };
  return vscode.Disposable.from(
    ...Object.entries(handlers).map(([id, handler]) => vscode.commands.registerCommand(id, handler)),
  );
}

async function openDocumentation({ documentation }: GreenAi, id: unknown): Promise<void> {
  const wanted =
    typeof id === 'string'
      ? id
      : await vscode.window.showQuickPick(documentation.ids(), {
          title: vscode.l10n.t('Green AI: Open Rule Documentation'),
        });
  if (wanted !== undefined) await documentation.open(wanted);
}
