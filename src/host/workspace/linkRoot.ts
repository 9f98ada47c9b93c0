import type { FileSystem } from '../fileSystem.ts';
import { isInside, parentOf } from '../project/paths.ts';
import { repositoryAround } from '../project/repositoryAround.ts';

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
  const repository = await repositoryAround(own, fileSystem);
  if (repository !== undefined) return repository;
  if (isInside(absolute, cwd)) return cwd;
  return named.find((folder) => isInside(absolute, folder)) ?? (await projectAround(own, fileSystem)) ?? own;
}

async function projectAround(own: string, fileSystem: FileSystem): Promise<string | undefined> {
  for (let folder: string | undefined = own; folder !== undefined; folder = parentOf(folder)) {
    const entries = await fileSystem.list(folder).catch(() => []);
    if (entries.some(({ name }) => PROJECT_FILES.has(name))) return folder;
  }
  return undefined;
}
