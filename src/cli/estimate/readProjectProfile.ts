import type { Profile } from '../../energy/profile.ts';
import { resolvePath } from '../../host/project/paths.ts';
import type { CliContext } from '../cliContext.ts';
import { type EstimateError, fail } from './checkFields.ts';

/** Where the current folder's own profile stands. */
export const PROFILE_FILE = '.green-ai/hardware.json';

/** The current folder's hardware profile, as `check` takes it; a broken file is an error with the place of each mistake. */
export async function readProjectProfile({
  cwd,
  fileSystem,
  profiles,
}: Pick<CliContext, 'cwd' | 'fileSystem' | 'profiles'>): Promise<Profile | EstimateError | undefined> {
  const path = resolvePath(cwd, PROFILE_FILE);
  if ((await fileSystem.stat(path))?.kind !== 'file') return undefined;
  const text = await fileSystem.readText(path).catch((error: unknown) => {
    return { failure: error instanceof Error ? error.message : String(error) };
  });
  if (typeof text !== 'string') return fail('hardware', `${PROFILE_FILE} cannot be read: ${text.failure}`);
  const loaded = profiles.load(text, PROFILE_FILE);
  if ('profile' in loaded) return loaded.profile;
  const mistakes = loaded.issues.map(
    ({ message, range: { start } }) => `${PROFILE_FILE}:${start.line + 1}:${start.character + 1}: ${message}`,
  );
  return fail('hardware', mistakes.join(' ').replace(/\.$/, ''));
}
