import type { AnalysisInput } from '../../core/engine/analysis.ts';
import type { LinkFacts } from '../../core/workspace/linkFacts.ts';
import { WorkspaceIndex } from '../../core/workspace/workspaceIndex.ts';
import type { FileSystem } from '../fileSystem.ts';
import { isLibraryFolder } from '../files/ignoredNames.ts';
import { isInside, relativeTo, resolvePath } from '../project/paths.ts';
import { isCode } from './folderTree.ts';
import { ImportGraph, MOST_FILES, READS_AT_ONCE } from './importGraph.ts';
import type { LinkEngine } from './linkEngine.ts';
import { mapConcurrently } from './mapConcurrently.ts';
import { ModuleResolution } from './moduleResolution.ts';
import { ModuleStore } from './moduleStore.ts';
import { folderOf } from './relativePaths.ts';

interface WorkspaceLinksOptions {
  readonly fileSystem: FileSystem;
  /** Absolute path of the folder whose files are linked. */
  readonly root: string;
  readonly engine: LinkEngine;
  /** Path by which findings name a file, from its absolute path. */
  readonly display: (absolute: string) => string;
  /** Told what keeps a file from being linked; the file is then looked at alone. */
  readonly onDefect?: (error: unknown) => void;
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
  private readonly graph: ImportGraph;
  private readonly index: WorkspaceIndex;
  /** Path below the root by the path that findings name. */
  private readonly pathOf = new Map<string, string>();
  /** Paths with a summary in the index, those asked for least recently first. */
  private readonly indexed = new Set<string>();
  /** Answers that hold until something changes, by scope and path. */
  private readonly upToDate = new Map<string, Promise<string | undefined>>();
  private readonly changed = new Set<string>();
  private settling: Promise<void> = Promise.resolve();

  constructor(private readonly options: WorkspaceLinksOptions) {
    const { fileSystem, root, engine } = options;
    this.resolution = new ModuleResolution(fileSystem, root);
    this.store = new ModuleStore({ fileSystem, root, engine, display: (path) => this.display(path) });
    this.graph = new ImportGraph(this.store, this.resolution);
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
    } catch (error) {
      this.options.onDefect?.(error);
      return undefined;
    }
  }

  /** Summarises what a run over these files needs, so that the index is computed once and not after each of them. */
  async prepare(files: readonly string[]): Promise<void> {
    await mapConcurrently(files, READS_AT_ONCE, (absolute) =>
      this.linked(absolute, 'workspace').catch(() => undefined),
    );
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
    this.graph.walkAgain();
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
    const imported = await this.graph.importedBy(path);
    if (!(await this.isConcerned([path, ...imported]))) return undefined;
    const importing = scope === 'imports' ? [] : await this.graph.importersOf(path);
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

  private outdate(): void {
    this.graph.outdate();
    this.upToDate.clear();
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
        this.graph.walkAgain();
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
