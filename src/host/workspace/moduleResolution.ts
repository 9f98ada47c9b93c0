import { type PathAliases, resolveJavaScriptModule } from '../../core/workspace/javascriptModules.ts';
import { resolvePythonModule } from '../../core/workspace/pythonModules.ts';
import type { FileSystem } from '../fileSystem.ts';
import { FolderTree, isCode } from './folderTree.ts';
import { ProjectPaths } from './projectPaths.ts';
import { folderOf, foldersAbove } from './relativePaths.ts';

/** Finds the files of a workspace behind the specifiers of its files. Paths are relative to the root. */
export class ModuleResolution {
  readonly tree: FolderTree;
  private readonly paths: ProjectPaths;
  private readonly known = new Map<string, Map<string, string | undefined>>();

  constructor(fileSystem: FileSystem, root: string) {
    this.tree = new FolderTree(fileSystem, root);
    this.paths = new ProjectPaths(fileSystem, root, this.tree);
  }

  /** What is known of a specifier already. */
  resolved(from: string, specifier: string): string | undefined {
    return this.known.get(from)?.get(specifier);
  }

  /** Files behind the specifiers; libraries are left out. */
  async resolve(from: string, specifiers: readonly string[]): Promise<readonly string[]> {
    const known = this.known.get(from) ?? new Map<string, string | undefined>();
    this.known.set(from, known);
    const open = specifiers.filter((specifier) => !known.has(specifier));
    if (open.length > 0) {
      const lookUp = isPython(from) ? await this.pythonLookUp(from) : await this.javascriptLookUp(from, open);
      let found: readonly (string | undefined)[];
      do found = open.map(lookUp);
      while (await this.tree.listWanted());
      for (const [index, specifier] of open.entries()) known.set(specifier, found[index]);
    }
    return [...new Set(specifiers.flatMap((specifier) => known.get(specifier) ?? []))];
  }

  /** A file came or went, or a configuration changed: what was found may be wrong now. */
  forget(path: string): void {
    // The folders above may be new as well.
    for (const folder of foldersAbove(folderOf(path))) this.tree.forget(folder);
    this.paths.clear();
    this.known.clear();
  }

  clear(): void {
    this.tree.clear();
    this.paths.clear();
    this.known.clear();
  }

  private async pythonLookUp(from: string): Promise<(specifier: string) => string | undefined> {
    const roots = await this.paths.pythonRoots(folderOf(from));
    return (specifier) => resolvePythonModule(from, specifier, this.hasFile, roots);
  }

  private async javascriptLookUp(
    from: string,
    specifiers: readonly string[],
  ): Promise<(specifier: string) => string | undefined> {
    if (specifiers.every((specifier) => specifier.startsWith('.')))
      return (specifier) => resolveJavaScriptModule(from, specifier, this.hasFile, undefined);
    const folder = folderOf(from);
    const aliases = await this.paths.aliasesFor(folder);
    const packages = new Map<string, PathAliases>();
    for (const specifier of specifiers) {
      const found = specifier.startsWith('.') ? undefined : await this.paths.packageFor(folder, specifier);
      if (found) packages.set(specifier, found);
    }
    return (specifier) => {
      const own = packages.get(specifier);
      for (const candidate of [...aliases, ...(own ? [own] : []), undefined]) {
        const found = resolveJavaScriptModule(from, specifier, this.hasFile, candidate);
        if (found !== undefined) return found;
      }
      return undefined;
    };
  }

  private readonly hasFile = (path: string): boolean => isCode(path) && this.tree.hasFile(path);
}

function isPython(path: string): boolean {
  return /\.(?:py|ipynb)$/i.test(path);
}
