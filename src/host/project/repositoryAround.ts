import type { FileSystem } from '../fileSystem.ts';
import { parentOf, resolvePath } from './paths.ts';

/** The nearest folder with a `.git`, from this one upwards. */
export async function repositoryAround(folder: string, fileSystem: FileSystem): Promise<string | undefined> {
  for (let current: string | undefined = folder; current !== undefined; current = parentOf(current)) {
    if ((await fileSystem.stat(resolvePath(current, '.git'))) !== undefined) return current;
  }
  return undefined;
}
