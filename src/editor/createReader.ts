import type { Config } from '../core/config/config.ts';
import { FolderProjectReader } from '../host/project/folderProjectReader.ts';
import type { ProfileCatalogue } from '../host/project/profileCatalogue.ts';
import type { CreateReader } from './projectSettings.ts';
import type { EditorSettings } from './settings.ts';

/** Readers of the editor: the user's settings are the lowest layer, so that a project's file means the same for everybody. */
export function readerFactory(profiles: ProfileCatalogue, knownRules: ReadonlySet<string>): CreateReader {
  return ({ fileSystem, path, defaults }) =>
    new FolderProjectReader({ fileSystem, root: path, profiles, knownRules, defaults: () => configOf(defaults()) });
}

function configOf({ tier, rules, smallestSavingKwh, workload, hardwareProfile, region }: EditorSettings): Config {
  return {
    tier,
    rules,
    smallestSavingKwh,
    workload,
    ...(hardwareProfile === undefined ? {} : { profile: hardwareProfile }),
    ...(region === undefined ? {} : { region }),
  };
}
