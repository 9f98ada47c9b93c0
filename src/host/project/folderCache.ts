import type { FileSystem } from '../fileSystem.ts';
import { isInside, parentOf } from './paths.ts';

/** Results per path that are computed once, also when asked for at the same time. */
export class PathCache<T> {
  private readonly entries = new Map<string, Promise<T>>();

  get(path: string, compute: () => Promise<T>): Promise<T> {
    const known = this.entries.get(path);
    if (known !== undefined) return known;
    const computed = compute();
    this.entries.set(path, computed);
    return computed;
  }

  /** Forgets the folder and everything in it: settings are inherited downwards. */
  forgetInside(folder: string): void {
    for (const path of this.entries.keys()) if (isInside(path, folder)) this.entries.delete(path);
  }

  clear(): void {
    this.entries.clear();
  }
}

/** File names of folders, read once. A folder that cannot be listed counts as empty: the walk over files names it. */
export class FolderListings {
  private readonly cache = new PathCache<ReadonlySet<string>>();

  constructor(private readonly fileSystem: FileSystem) {}

  files(folder: string): Promise<ReadonlySet<string>> {
    return this.cache.get(folder, async () => {
      const entries = await this.fileSystem.list(folder).catch(() => []);
      return new Set(entries.filter(({ kind }) => kind === 'file').map(({ name }) => name));
    });
  }

  forget(path: string): void {
    this.cache.forgetInside(parentOf(path) ?? path);
  }
}
