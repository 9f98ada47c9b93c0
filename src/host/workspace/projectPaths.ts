import { parse as parseYaml } from 'yaml';
import { isTable, stringsOf, type Table, tableAt } from '../../core/versions/manifests/readValue.ts';
import type { PathAliases } from '../../core/workspace/javascriptModules.ts';
import type { FileSystem } from '../fileSystem.ts';
import { PathCache } from '../project/folderCache.ts';
import { resolvePath } from '../project/paths.ts';
import { BUNDLER_CONFIGS, bundlerAliases } from './bundlerAliases.ts';
import type { FolderTree } from './folderTree.ts';
import { ownAliases, packageAliases } from './packageAliases.ts';
import { pyprojectRoots, setupRoots } from './pythonRoots.ts';
import { folderOf, foldersAbove, joinInside } from './relativePaths.ts';
import { tsconfigAliases } from './tsconfigAliases.ts';

/** A monorepo with more packages than this has its other ones left out. */
const MOST_PACKAGES = 300;
/** `**` in a list of packages goes this deep. */
const DEEPEST_PACKAGE = 3;

interface WorkspacePackage {
  readonly folder: string;
  readonly aliases: PathAliases;
}

/** What the configuration around a folder says of where modules lie: aliases of TypeScript, packages, folders of Python. */
export class ProjectPaths {
  private readonly aliases = new PathCache<readonly PathAliases[]>();
  private readonly packages = new PathCache<ReadonlyMap<string, WorkspacePackage>>();
  private readonly roots = new PathCache<readonly string[]>();
  private readonly manifests = new PathCache<Table | undefined>();

  constructor(
    private readonly fileSystem: FileSystem,
    private readonly root: string,
    private readonly tree: FolderTree,
  ) {}

  clear(): void {
    for (const cache of [this.aliases, this.packages, this.roots, this.manifests]) cache.clear();
  }

  /** Aliases in force in a folder: those of the nearest package.json for itself, then the nearest tsconfig or jsconfig. */
  aliasesFor(folder: string): Promise<readonly PathAliases[]> {
    return this.aliases.get(folder, async () => {
      const [imports, config, bundler] = await Promise.all([
        this.nearest(folder, ['package.json']),
        this.nearest(folder, ['tsconfig.json', 'jsconfig.json']),
        this.nearest(folder, BUNDLER_CONFIGS),
      ]);
      const manifest = imports === undefined ? undefined : await this.manifest(imports);
      const own = imports === undefined || !manifest ? [] : ownAliases(folderOf(imports), manifest);
      const packages = await this.packagesAround(folder);
      const reader = {
        read: (path: string) => this.read(path),
        packageFile: async (specifier: string) => {
          const found = packages.get(packageName(specifier));
          const rest = specifier.slice(packageName(specifier).length + 1) || 'tsconfig.json';
          const path = found && joinInside(found.folder, rest);
          return path === undefined || path.endsWith('.json') ? path : `${path}.json`;
        },
      };
      const bundled = bundler === undefined ? undefined : await this.bundlerAliases(bundler);
      return [
        ...own,
        ...(config === undefined ? [] : await tsconfigAliases(config, reader)),
        ...(bundled ? [bundled] : []),
      ];
    });
  }

  private async bundlerAliases(path: string): Promise<PathAliases | undefined> {
    const text = await this.read(path);
    const folder = folderOf(path);
    return text === undefined
      ? undefined
      : bundlerAliases(path.slice(folder === '' ? 0 : folder.length + 1), folder, text);
  }

  /** The monorepo's own package that a specifier names. */
  async packageFor(folder: string, specifier: string): Promise<PathAliases | undefined> {
    return (await this.packagesAround(folder)).get(packageName(specifier))?.aliases;
  }

  /** Folders that the nearest Python project's configuration puts on the path. */
  pythonRoots(folder: string): Promise<readonly string[]> {
    return this.roots.get(folder, async () => {
      for (const above of foldersAbove(folder)) {
        const { files } = await this.tree.list(above);
        const names = ['pyproject.toml', 'setup.cfg', 'setup.py'].filter((name) => files.has(name));
        if (names.length === 0) continue;
        const found: string[] = [];
        for (const name of names) {
          const text = (await this.read(above === '' ? name : `${above}/${name}`)) ?? '';
          found.push(...(name === 'pyproject.toml' ? pyprojectRoots(text) : setupRoots(text)));
        }
        return found.map((path) => joinInside(above, path)).filter((path) => path !== undefined);
      }
      return [];
    });
  }

  private packagesAround(folder: string): Promise<ReadonlyMap<string, WorkspacePackage>> {
    return this.packages.get(folder, async () => {
      const globs = await this.packageGlobs(folder);
      if (globs) return this.readPackages(folder, globs);
      return folder === '' ? new Map<string, WorkspacePackage>() : this.packagesAround(folderOf(folder));
    });
  }

  private async packageGlobs(folder: string): Promise<readonly string[] | undefined> {
    const { files } = await this.tree.list(folder);
    const at = (name: string): string => (folder === '' ? name : `${folder}/${name}`);
    if (files.has('pnpm-workspace.yaml')) {
      const text = (await this.read(at('pnpm-workspace.yaml'))) ?? '';
      return stringsOf(tableAt(parsed(text, parseYaml))['packages']);
    }
    const manifest = files.has('package.json') ? await this.manifest(at('package.json')) : undefined;
    const workspaces = manifest?.['workspaces'];
    if (workspaces === undefined) return undefined;
    return isTable(workspaces) ? stringsOf(workspaces['packages']) : stringsOf(workspaces);
  }

  private async readPackages(base: string, globs: readonly string[]): Promise<ReadonlyMap<string, WorkspacePackage>> {
    const folders = new Set<string>();
    for (const glob of globs) {
      if (glob.startsWith('!')) continue;
      for (const folder of await this.expand(base, glob.split('/'))) folders.add(folder);
    }
    const found = new Map<string, WorkspacePackage>();
    for (const folder of [...folders].slice(0, MOST_PACKAGES)) {
      const manifest = await this.manifest(folder === '' ? 'package.json' : `${folder}/package.json`);
      const aliases = manifest && packageAliases(folder, manifest);
      if (manifest && aliases) found.set(String(manifest['name']), { folder, aliases });
    }
    return found;
  }

  /** Folders that a glob of packages names: `packages/*`, `apps/web`, `libs/**`. */
  private async expand(folder: string, steps: readonly string[], depth = 0): Promise<readonly string[]> {
    const [step, ...rest] = steps.filter((part) => part !== '' && part !== '.');
    if (step === undefined) return (await this.tree.list(folder)).files.has('package.json') ? [folder] : [];
    if (depth > DEEPEST_PACKAGE + steps.length) return [];
    const { folders } = await this.tree.list(folder);
    const pattern = new RegExp(`^${step.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replace(/\*+/g, '.*')}$`);
    const below = [...folders].filter((name) => pattern.test(name));
    const next = step === '**' && depth < DEEPEST_PACKAGE ? steps : rest;
    const inside = await Promise.all(
      below.map((name) => this.expand(folder === '' ? name : `${folder}/${name}`, next, depth + 1)),
    );
    const here = step === '**' ? await this.expand(folder, rest, depth + 1) : [];
    return [...here, ...inside.flat()];
  }

  private async nearest(folder: string, names: readonly string[]): Promise<string | undefined> {
    for (const above of foldersAbove(folder)) {
      const { files } = await this.tree.list(above);
      const name = names.find((candidate) => files.has(candidate));
      if (name !== undefined) return above === '' ? name : `${above}/${name}`;
    }
    return undefined;
  }

  private manifest(path: string): Promise<Table | undefined> {
    return this.manifests.get(path, async () => {
      const manifest = parsed((await this.read(path)) ?? '', JSON.parse);
      return isTable(manifest) ? manifest : undefined;
    });
  }

  private async read(path: string): Promise<string | undefined> {
    return this.fileSystem.readText(resolvePath(this.root, path)).catch(() => undefined);
  }
}

/** `@scope/name/sub` → `@scope/name`. */
function packageName(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

/** A file that is broken says nothing here; where it matters, the reader of settings names it. */
function parsed(text: string, parse: (text: string) => unknown): unknown {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}
