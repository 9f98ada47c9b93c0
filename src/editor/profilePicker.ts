import * as vscode from 'vscode';
import type { Profile } from '../energy/profile.ts';
import type { LocalMachine } from '../host/project/profileCatalogue.ts';
import { builtinProfiles } from '../knowledge/hardware/builtinProfiles.ts';
import { LOCAL_PROFILE } from '../knowledge/hardware/machineProfile.ts';
import { COMMANDS } from './commandIds.ts';
import { choiceDetail, profileLabel } from './profileText.ts';
import { SECTION } from './settings.ts';

interface ProfileItem extends vscode.QuickPickItem {
  /** Value of the setting; `undefined` removes it. */
  readonly action?: { readonly profile: string | undefined } | 'create-file';
}

/** Lets the user choose the hardware profile; the choice is a setting of the workspace, or of the user without one. */
export async function pickProfile(current: Profile | undefined, localMachine: LocalMachine): Promise<void> {
  const chosen = await vscode.window.showQuickPick(profileItems(current), {
    title: vscode.l10n.t('Green AI: Select Hardware Profile'),
    ...(current === undefined ? {} : { placeHolder: vscode.l10n.t('In force: {0}', profileLabel(current)) }),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (chosen?.action === undefined) return;
  if (chosen.action === 'create-file') {
    await vscode.commands.executeCommand(COMMANDS.createProfileFile);
    return;
  }
  if (chosen.action.profile === LOCAL_PROFILE && !(await isDetected(localMachine))) return;
  await setProfile(chosen.action.profile);
}

/** Looks at the machine before the choice is kept, so that a machine that cannot be read is said at once. */
async function isDetected(localMachine: LocalMachine): Promise<boolean> {
  const title = vscode.l10n.t('Green AI: Reading the hardware of this machine');
  const found = await vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title }, localMachine);
  if ('profile' in found) return true;
  void vscode.window.showErrorMessage(vscode.l10n.t('Green AI: {0}.', found.failure));
  return false;
}

async function setProfile(id: string | undefined): Promise<void> {
  const hasWorkspace = vscode.workspace.workspaceFolders !== undefined;
  const target = hasWorkspace ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global;
  await vscode.workspace.getConfiguration(SECTION).update('hardwareProfile', id, target);
}

function profileItems(current: Profile | undefined): ProfileItem[] {
  const groups = [
    [vscode.l10n.t('GPU'), 'gpu'],
    [vscode.l10n.t('Apple'), 'mps'],
    [vscode.l10n.t('CPU'), 'cpu'],
  ] as const;
  return [
    {
      label: `$(sync) ${vscode.l10n.t('Automatic')}`,
      detail: vscode.l10n.t("The workspace's .green-ai/hardware.json where there is one, else the default profile"),
      action: { profile: undefined },
    },
    {
      label: `${current?.id === LOCAL_PROFILE ? '$(check) ' : ''}$(device-desktop) ${vscode.l10n.t('This machine')}`,
      detail: vscode.l10n.t('Reads which processor and GPU there are, once; nothing leaves the machine'),
      action: { profile: LOCAL_PROFILE },
    },
    { label: `$(new-file) ${vscode.l10n.t('Describe my own hardware in a file')}`, action: 'create-file' },
    ...groups.flatMap(([label, kind]): ProfileItem[] => [
      { label, kind: vscode.QuickPickItemKind.Separator },
      ...builtinProfiles
        .filter(({ hardware }) => hardware.kind === kind)
        .map((profile) => profileItem(profile, current)),
    ]),
  ];
}

function profileItem(profile: Profile, current: Profile | undefined): ProfileItem {
  return {
    label: `${profile.id === current?.id ? '$(check) ' : ''}${profile.name}`,
    description: profile.id,
    detail: choiceDetail(profile),
    action: { profile: profile.id },
  };
}
