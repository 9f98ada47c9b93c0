import { mapConcurrently } from './mapConcurrently.ts';
import type { ModuleResolution } from './moduleResolution.ts';
import type { ModuleStore } from './moduleStore.ts';

/** Imports are followed this far, as in the index. */
const MOST_HOPS = 4;
/** Files that one file's facts are made of, in each direction, nearest first. */
const MOST_NEIGHBOURS = 500;
/** Files that are searched for importers. */
export const MOST_FILES = 5000;
export const READS_AT_ONCE = 16;

/** Which files of a folder import which, found as it is asked for. Paths are relative to the folder. */
export class ImportGraph {
  private readonly targetsOf = new Map<string, Promise<readonly string[]>>();
  private walked: Promise<Set<string>> | undefined;
  private importers: Promise<ReadonlyMap<string, readonly string[]>> | undefined;

  constructor(
    private readonly store: Pick<ModuleStore, 'scan'>,
    private readonly resolution: Pick<ModuleResolution, 'resolve' | 'tree'>,
  ) {}

  /** Files that one imports, directly or in a few steps, nearest first. */
  importedBy(path: string): Promise<readonly string[]> {
    return closure(path, (from) => this.targets(from));
  }

  /** Files that import one, directly or in a few steps, nearest first; the whole folder is searched for them. */
  async importersOf(path: string): Promise<readonly string[]> {
    this.importers ??= this.reversed();
    const importers = await this.importers;
    return closure(path, async (target) => importers.get(target) ?? []);
  }

  /** Some text changed: imports are looked at again. */
  outdate(): void {
    this.importers = undefined;
    this.targetsOf.clear();
  }

  /** Files came or went: the next search walks again, for git may ignore a newcomer. */
  walkAgain(): void {
    this.walked = undefined;
  }

  private async reversed(): Promise<ReadonlyMap<string, readonly string[]>> {
    this.walked ??= this.resolution.tree.codeFiles(MOST_FILES).then((files) => new Set(files));
    const files = [...(await this.walked)];
    const targets = await mapConcurrently(files, READS_AT_ONCE, (file) => this.targets(file));
    const importers = new Map<string, string[]>();
    for (const [index, file] of files.entries()) {
      for (const target of targets[index] ?? []) {
        const known = importers.get(target);
        if (known) known.push(file);
        else importers.set(target, [file]);
      }
    }
    return importers;
  }

  private targets(path: string): Promise<readonly string[]> {
    const known = this.targetsOf.get(path);
    if (known) return known;
    const found = this.findTargets(path);
    this.targetsOf.set(path, found);
    return found;
  }

  private async findTargets(path: string): Promise<readonly string[]> {
    const scan = await this.store.scan(path);
    return scan ? this.resolution.resolve(path, scan.specifiers) : [];
  }
}

/** Files that can be reached in a few steps, nearest first. */
async function closure(start: string, next: (path: string) => Promise<readonly string[]>): Promise<readonly string[]> {
  const found = new Set([start]);
  let level: readonly string[] = [start];
  for (let hop = 0; hop < MOST_HOPS && level.length > 0; hop++) {
    const reached = await mapConcurrently(level, READS_AT_ONCE, next);
    const fresh: string[] = [];
    for (const path of reached.flat()) {
      if (found.has(path) || found.size > MOST_NEIGHBOURS) continue;
      found.add(path);
      fresh.push(path);
    }
    level = fresh;
  }
  found.delete(start);
  return [...found];
}
