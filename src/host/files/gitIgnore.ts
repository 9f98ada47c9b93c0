import ignore, { type Ignore } from 'ignore';
import type { FileSystem } from '../fileSystem.ts';
import { parentOf, relativeTo, resolvePath } from '../project/paths.ts';

/** Patterns of the `.gitignore` files from a repository's root down to a folder. The deepest file has the last word. */
export class GitIgnore {
  private constructor(private readonly levels: readonly { readonly folder: string; readonly patterns: Ignore }[]) {}

  /** The files that apply to a folder: those above it count inside a repository only. */
  static async above(folder: string, fileSystem: FileSystem): Promise<GitIgnore> {
    const folders: string[] = [];
    for (let current: string | undefined = folder; current !== undefined; current = parentOf(current)) {
      if ((await fileSystem.stat(resolvePath(current, '.git'))) !== undefined) {
        let found = new GitIgnore([]);
        found = await found.withFile(current, resolvePath(current, '.git/info/exclude'), fileSystem);
        for (const above of [current, ...folders.reverse()]) found = await found.inside(above, fileSystem);
        return found;
      }
      folders.push(current);
    }
    return new GitIgnore([]).inside(folder, fileSystem);
  }

  /** With the folder's own file. */
  inside(folder: string, fileSystem: FileSystem): Promise<GitIgnore> {
    return this.withFile(folder, resolvePath(folder, '.gitignore'), fileSystem);
  }

  ignores(path: string, isFolder: boolean): boolean {
    let ignored = false;
    for (const { folder, patterns } of this.levels) {
      const relative = relativeTo(path, folder);
      if (relative === path || relative === '') continue;
      const result = patterns.test(isFolder ? `${relative}/` : relative);
      if (result.ignored) ignored = true;
      if (result.unignored) ignored = false;
    }
    return ignored;
  }

  private async withFile(folder: string, file: string, fileSystem: FileSystem): Promise<GitIgnore> {
    if ((await fileSystem.stat(file))?.kind !== 'file') return this;
    const text = await fileSystem.readText(file).catch(() => '');
    return new GitIgnore([...this.levels, { folder, patterns: ignore().add(text) }]);
  }
}
