import type { AnalysisInput } from '../../core/engine/analysis.ts';
import type { NamedFile, NamedFiles } from '../../core/semantics/namedFiles.ts';
import type { FileSystem } from '../fileSystem.ts';
import { PathCache } from '../project/folderCache.ts';
import { isInside, nameOf, parentOf, resolvePath } from '../project/paths.ts';
import { dataPathsInText } from './dataPathsInText.ts';

const NONE: NamedFiles = {};
/** Where servers of front ends keep what the page asks for as `/models/x.onnx`. */
const SERVED = ['public', 'static', 'src/assets'];
/** A pointer of Git LFS is a few lines. */
const POINTER_BYTES = 300;

/** Models and data files of the workspace that a program names. Nothing outside of the workspace is looked at. */
export class WorkspaceFiles {
  private readonly cache = new PathCache<NamedFile | undefined>();

  constructor(
    private readonly fileSystem: FileSystem,
    /** Absolute path of the workspace folder. */
    private readonly root: string,
  ) {}

  /** Relative paths count from the file's folder, then from the workspace folder and what it serves. */
  async namedIn(input: AnalysisInput, path: string): Promise<NamedFiles> {
    if (input.kind !== 'file' || input.language === 'python') return NONE;
    const written = dataPathsInText(input.text);
    if (written.length === 0) return NONE;
    const served = SERVED.map((folder) => resolvePath(this.root, folder));
    const bases = [...new Set([parentOf(path) ?? this.root, this.root, ...served])];
    const found = await Promise.all(written.map(async (name) => [name, await this.inBases(name, bases)] as const));
    return Object.fromEntries(found.flatMap(([name, file]) => (file ? [[name, file]] : [])));
  }

  forget(): void {
    this.cache.clear();
  }

  private async inBases(name: string, bases: readonly string[]): Promise<NamedFile | undefined> {
    for (const base of bases) {
      const path = resolvePath(base, name.replace(/^\//, ''));
      const file = isInside(path, this.root) ? await this.read(path) : undefined;
      if (file) return file;
    }
    return undefined;
  }

  private read(path: string): Promise<NamedFile | undefined> {
    return this.cache.get(path, async () => {
      const stat = await this.fileSystem.stat(path);
      if (stat?.kind !== 'file') return undefined;
      const bytes = stat.size > POINTER_BYTES ? stat.size : await this.sizeBehind(path, stat.size);
      return { bytes, siblings: await this.siblingsOf(path) };
    });
  }

  /** Size of the file that a Git LFS pointer stands for. */
  private async sizeBehind(path: string, size: number): Promise<number> {
    const text = await this.fileSystem.readText(path).catch(() => '');
    const stated = /^version https:\/\/git-lfs[^\n]*\n(?:[^\n]*\n)*?size (\d+)$/m.exec(text)?.[1];
    return stated === undefined ? size : Number(stated);
  }

  private async siblingsOf(path: string): Promise<readonly string[]> {
    const extension = path.slice(path.lastIndexOf('.'));
    const entries = await this.fileSystem.list(parentOf(path) ?? this.root).catch(() => []);
    return entries
      .filter(({ name, kind }) => kind === 'file' && name.endsWith(extension) && name !== nameOf(path))
      .map(({ name }) => name);
  }
}
