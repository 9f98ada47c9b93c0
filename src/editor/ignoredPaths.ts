import type { FileSystem } from '../host/fileSystem.ts';
import { GitIgnore } from '../host/files/gitIgnore.ts';
import { isGenerated, isLibraryFolder } from '../host/files/ignoredNames.ts';
import { isInside, nameOf, parentOf } from '../host/project/paths.ts';

/** What the command line's walk leaves out below a root, asked path by path. Each folder is read once. */
export class IgnoredPaths {
  private readonly folders = new Map<string, Promise<GitIgnore | 'ignored'>>();

  constructor(
    private readonly root: string,
    private readonly fileSystem: FileSystem,
  ) {}

  async has(file: string): Promise<boolean> {
    if (isGenerated(nameOf(file))) return true;
    const around = await this.folder(parentOf(file) ?? this.root);
    return around === 'ignored' || around.ignores(file, false);
  }

  private folder(path: string): Promise<GitIgnore | 'ignored'> {
    const known = this.folders.get(path);
    if (known !== undefined) return known;
    const read = this.read(path);
    this.folders.set(path, read);
    return read;
  }

  private async read(path: string): Promise<GitIgnore | 'ignored'> {
    const parent = parentOf(path);
    if (path === this.root || parent === undefined || !isInside(path, this.root)) {
      return GitIgnore.above(this.root, this.fileSystem);
    }
    const around = await this.folder(parent);
    if (around === 'ignored' || isLibraryFolder(nameOf(path)) || around.ignores(path, true)) return 'ignored';
    return around.inside(path, this.fileSystem);
  }
}
