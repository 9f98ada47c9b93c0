import type { AnalysisInput } from '../../core/engine/analysis.ts';
import type { LinkFacts } from '../../core/workspace/linkFacts.ts';
import { WorkspaceIndex } from '../../core/workspace/workspaceIndex.ts';
import type { FileSystem } from '../fileSystem.ts';
import { isLibraryFolder } from '../files/ignoredNames.ts';
import { isInside, relativeTo, resolvePath } from '../project/paths.ts';
import { isCode } from './folderTree.ts';
import type { LinkEngine } from './linkEngine.ts';
import { mapConcurrently } from './mapConcurrently.ts';
import { ModuleResolution } from './moduleResolution.ts';
import { ModuleStore } from './moduleStore.ts';
import { folderOf } from './relativePaths.ts';

/** Imports are followed this far, as in the index. */
const MOST_HOPS = 4;
/** Files that one file's facts are made of, in each direction, nearest first. */
const MOST_NEIGHBOURS = 500;
/** Files that are searched for importers. */
const MOST_FILES = 5000;
const READS_AT_ONCE = 16;

export interface WorkspaceLinksOptions {
  readonly fileSystem: FileSystem;
  /** Absolute path of the folder whose files are linked. */
  readonly root: string;
  readonly engine: LinkEngine;
  /** Path by which findings name a file, from its absolute path. */
  readonly display: (absolute: string) => string;
  /** Summaries that are kept, some 15 kB of JSON each; those asked for least recently go first. */
  readonly mostSummaries?: number;
}

/**
 * What the files of one folder say about each other. Nothing is read before the first question, files that no library of a rule
 * concerns are only searched as text, and what cannot be read is left out. Paths that come in are absolute.
 */
export class WorkspaceLinks {
  private readonly resolution: ModuleResolution;
  private readonly store: ModuleStore;
  private readonly index: WorkspaceIndex;
  /** Path below the root by the path that findings name. */
  private readonly pathOf = new Map<string, string>();
  /** Paths with a summary in the index, those asked for least recently first. */
  private readonly indexed = new Set<string>();
  /** Answers that hold until something changes, by scope and path. */
  private readonly upToDate = new Map<string, Promise<string | undefined>>();
  private readonly targetsOf = new Map<string, Promise<readonly string[]>>();
  private readonly changed = new Set<string>();
  private settling: Promise<void> = Promise.resolve();
  private walked: Promise<Set<string>> | undefined;
  private importers: Promise<ReadonlyMap<string, readonly string[]>> | undefined;

  constructor(private readonly options: WorkspaceLinksOptions) {
    const { fileSystem, root, engine } = options;
    this.resolution = new ModuleResolution(fileSystem, root);
    this.store = new ModuleStore({ fileSystem, root, engine, display: (path) => this.display(path) });
    this.index = new WorkspaceIndex((from, specifier) => {
      const path = this.pathOf.get(from);
      const target = path === undefined ? undefined : this.resolution.resolved(path, specifier);
      return target === undefined ? undefined : this.display(target);
    });
  }

  /**
   * What the other files say of one; `undefined` where neither the file nor one that it imports has to do with a library that a rule
   * knows. `imports` leaves out the files that call into this one, for which the folder has to be searched.
   */
  async factsFor(absolute: string, scope: 'imports' | 'workspace' = 'workspace'): Promise<LinkFacts | undefined> {
    try {
      const path = await this.linked(absolute, scope);
      return path === undefined ? undefined : this.index.factsFor(this.display(path));
    } catch {
      return undefined;
    }
  }

  /** Summarises what a run over these files needs, so that the index is computed once and not after each of them. */
  async prepare(files: readonly string[]): Promise<void> {
    for (const absolute of files) await this.linked(absolute, 'workspace').catch(() => undefined);
  }

  /** Text of an open document, which stands above the file's; `undefined` once it is closed. */
  setText(absolute: string, input: AnalysisInput | undefined): void {
    const path = this.below(absolute);
    if (path === undefined) return;
    if (!this.store.setOpen(path, input)) return;
    this.drop(path);
    this.outdate();
  }

  /** A file came, went or changed on the disk. False when that changes nothing here: it lies in a library or a build's output. */
  invalidate(absolute: string): boolean {
    const path = this.below(absolute);
    if (path === undefined || folderOf(path).split('/').some(isLibraryFolder)) return false;
    this.changed.add(path);
    return true;
  }

  /** Forgets everything but open documents. */
  clear(): void {
    this.resolution.clear();
    this.store.clear();
    this.changed.clear();
    this.walked = undefined;
    this.outdate();
    for (const path of this.indexed) this.index.delete(this.display(path));
    this.indexed.clear();
  }

  /** Brings the index up to date for one file; its path below the root, or `undefined` when nothing concerns it. */
  private async linked(absolute: string, scope: 'imports' | 'workspace'): Promise<string | undefined> {
    const path = this.below(absolute);
    if (path === undefined || !isCode(path)) return undefined;
    await this.store.start();
    await this.settle();
    const key = `${scope} ${path}`;
    const known = this.upToDate.get(key);
    if (known) return known;
    const made = this.bringUpToDate(path, scope);
    this.upToDate.set(key, made);
    return made;
  }

  private async bringUpToDate(path: string, scope: 'imports' | 'workspace'): Promise<string | undefined> {
    const imported = await this.importedBy(path);
    if (!(await this.isConcerned([path, ...imported]))) return undefined;
    const importing = scope === 'imports' ? [] : await this.importersOf(path);
    // A script that stands alone is not parsed for its summary.
    if (imported.length === 0 && importing.length === 0) return undefined;
    await mapConcurrently([...new Set([path, ...imported, ...importing])], READS_AT_ONCE, (file) =>
      this.summarize(file),
    );
    this.evict();
    return path;
  }

  private async isConcerned(paths: readonly string[]): Promise<boolean> {
    for (const path of paths) if ((await this.store.scan(path))?.isRelevant) return true;
    return false;
  }

  private async importedBy(path: string): Promise<readonly string[]> {
    return closure(path, (from) => this.targets(from));
  }

  private async importersOf(path: string): Promise<readonly string[]> {
    this.importers ??= this.reversed();
    const importers = await this.importers;
    return closure(path, async (target) => importers.get(target) ?? []);
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

  private outdate(): void {
    this.importers = undefined;
    this.upToDate.clear();
    this.targetsOf.clear();
  }

  private async summarize(path: string): Promise<void> {
    const summary = await this.store.summary(path);
    const display = this.display(path);
    if (!summary) return this.drop(path);
    await this.resolution.resolve(path, summary.imports);
    this.pathOf.set(display, path);
    this.indexed.delete(path);
    this.indexed.add(path);
    this.index.set(summary);
  }

  /** A text that changed may not be in anybody's reach any more: it comes back when it is asked for. */
  private drop(path: string): void {
    this.indexed.delete(path);
    this.index.delete(this.display(path));
  }

  private evict(): void {
    const { mostSummaries = MOST_FILES } = this.options;
    for (const path of this.indexed) {
      if (this.indexed.size <= mostSummaries) return;
      // Answers that rest on it are made again when they are asked for.
      this.upToDate.clear();
      this.drop(path);
      this.store.forgetSummary(path);
    }
  }

  /** Looks at what changed since the last question; nobody overtakes that. */
  private settle(): Promise<void> {
    this.settling = this.settling.then(() => this.lookAtChanges()).catch(() => undefined);
    return this.settling;
  }

  private async lookAtChanges(): Promise<void> {
    const changed = [...this.changed];
    this.changed.clear();
    for (const path of changed) {
      const { fileSystem, root } = this.options;
      const kind = (await fileSystem.stat(resolvePath(root, path)))?.kind;
      await this.store.invalidate(path);
      this.drop(path);
      if (!isCode(path) || this.resolution.tree.hasFile(path) !== (kind === 'file')) {
        this.resolution.forget(path);
        this.index.resolveAgain();
        // The next search walks again: git may ignore the newcomer.
        this.walked = undefined;
      }
    }
    if (changed.length > 0) this.outdate();
  }

  private below(absolute: string): string | undefined {
    const { root } = this.options;
    return isInside(absolute, root) && absolute !== root ? relativeTo(absolute, root) : undefined;
  }

  private display(path: string): string {
    return this.options.display(resolvePath(this.options.root, path));
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
