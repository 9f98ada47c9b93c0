import { languageOf } from '../../languages/languageOf.ts';
import type { FileSystem } from '../fileSystem.ts';
import { GitIgnore } from '../files/gitIgnore.ts';
import { isGenerated, isLibraryFolder } from '../files/ignoredNames.ts';
import { resolvePath } from '../project/paths.ts';

interface Listing {
  readonly files: ReadonlySet<string>;
  readonly folders: ReadonlySet<string>;
}

/** A home folder or a whole disk is not searched to its end. */
const MOST_FOLDERS = 20_000;
const EMPTY: Listing = { files: new Set(), folders: new Set() };

/** Names below one root folder, listed as they are asked for. Paths are relative to the root, '' for the root. */
export class FolderTree {
  private readonly listings = new Map<string, Promise<Listing>>();
  private readonly listed = new Map<string, Listing>();
  private wanted = new Set<string>();

  constructor(
    private readonly fileSystem: FileSystem,
    private readonly root: string,
  ) {}

  /** Whether a file is there as far as it is known; a folder that has to be listed first is remembered for `listWanted`. */
  hasFile(path: string): boolean {
    let folder = '';
    const steps = path.split('/');
    const name = steps.pop() ?? '';
    for (const step of [...steps, undefined]) {
      const listing = this.listed.get(folder);
      if (!listing) {
        this.wanted.add(folder);
        return false;
      }
      if (step === undefined) return listing.files.has(name);
      if (!listing.folders.has(step)) return false;
      folder = folder === '' ? step : `${folder}/${step}`;
    }
    return false;
  }

  /** Lists what `hasFile` missed; false when it missed nothing, so that its answers stand. */
  async listWanted(): Promise<boolean> {
    const folders = this.wanted;
    this.wanted = new Set();
    await Promise.all([...folders].map((folder) => this.list(folder)));
    return folders.size > 0;
  }

  async list(folder: string): Promise<Listing> {
    const known = this.listings.get(folder);
    if (known) return known;
    const read = this.read(folder);
    this.listings.set(folder, read);
    const listing = await read;
    if (this.listings.get(folder) === read) this.listed.set(folder, listing);
    return listing;
  }

  forget(folder: string): void {
    this.listings.delete(folder);
    this.listed.delete(folder);
  }

  clear(): void {
    this.listings.clear();
    this.listed.clear();
  }

  /** Code files and notebooks that git does not ignore, nearest to the root first, at most `most`; in a bounded number of folders. */
  async codeFiles(most: number): Promise<readonly string[]> {
    const found: string[] = [];
    const seen = new Set<string>();
    let level = [{ folder: '', ignored: await GitIgnore.above(this.root, this.fileSystem) }];
    while (level.length > 0 && found.length < most && seen.size < MOST_FOLDERS) {
      const below = await Promise.all(level.map((at) => this.filesIn(at, seen)));
      for (const { files } of below) found.push(...files);
      level = below.flatMap(({ folders }) => folders);
    }
    return found.slice(0, most);
  }

  private async filesIn({ folder, ignored }: FolderAt, seen: Set<string>): Promise<FolderFiles> {
    const absolute = resolvePath(this.root, folder);
    // A folder that a link leads back to is looked at once.
    const identity = (await this.fileSystem.stat(absolute))?.identity ?? absolute;
    const { files, folders } = seen.has(identity) ? EMPTY : await this.list(folder);
    seen.add(identity);
    if (files.has('pyvenv.cfg')) return { files: [], folders: [] };
    const rules = folder !== '' && files.has('.gitignore') ? await ignored.inside(absolute, this.fileSystem) : ignored;
    const path = (name: string): string => (folder === '' ? name : `${folder}/${name}`);
    return {
      files: [...files]
        .filter((name) => isCode(name) && !isGenerated(name) && !rules.ignores(`${absolute}/${name}`, false))
        .map(path),
      folders: [...folders]
        .filter((name) => !rules.ignores(`${absolute}/${name}`, true))
        .map((name) => ({ folder: path(name), ignored: rules })),
    };
  }

  private async read(folder: string): Promise<Listing> {
    try {
      const entries = await this.fileSystem.list(resolvePath(this.root, folder));
      return {
        files: new Set(entries.filter(({ kind }) => kind === 'file').map(({ name }) => name)),
        folders: new Set(
          entries.filter(({ kind, name }) => kind === 'folder' && !isLibraryFolder(name)).map(({ name }) => name),
        ),
      };
    } catch {
      return EMPTY;
    }
  }
}

interface FolderAt {
  readonly folder: string;
  readonly ignored: GitIgnore;
}

interface FolderFiles {
  readonly files: readonly string[];
  readonly folders: readonly FolderAt[];
}

export function isCode(path: string): boolean {
  return languageOf(path) !== undefined || path.toLowerCase().endsWith('.ipynb');
}
