import type { FileSystem } from '../fileSystem.ts';
import { isInside, parentOf, resolvePath } from '../project/paths.ts';

const PROJECT_FILES: ReadonlySet<string> = new Set(['pyproject.toml', 'setup.py', 'requirements.txt', 'package.json']);

/**
 * Folder whose files are linked with one: its repository, else the working directory, else the folder that was asked for by name, else the
 * nearest project around it.
 */
export async function linkRoot(
  absolute: string,
  cwd: string,
  named: readonly string[],
  fileSystem: FileSystem,
): Promise<string> {
  const own = parentOf(absolute) ?? absolute;
  let project: string | undefined;
  for (let folder: string | undefined = own; folder !== undefined; folder = parentOf(folder)) {
    if ((await fileSystem.stat(resolvePath(folder, '.git'))) !== undefined) return folder;
    const entries = project === undefined ? await fileSystem.list(folder).catch(() => []) : [];
    if (entries.some(({ name }) => PROJECT_FILES.has(name))) project = folder;
  }
  if (isInside(absolute, cwd)) return cwd;
  return named.find((folder) => isInside(absolute, folder)) ?? project ?? own;
}
