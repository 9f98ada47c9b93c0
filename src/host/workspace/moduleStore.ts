import type { AnalysisInput } from '../../core/engine/analysis.ts';
import { Relevance } from '../../core/engine/relevance.ts';
import type { ModuleSummary } from '../../core/workspace/moduleSummary.ts';
import type { FileStat, FileSystem } from '../fileSystem.ts';
import { resolvePath } from '../project/paths.ts';
import type { LinkEngine } from './linkEngine.ts';
import { type ModuleScan, moduleInput, scanModule } from './moduleScan.ts';

/** Larger files are left out, as they are everywhere else. */
const MOST_BYTES = 2_000_000;

interface Stored {
  /** Of the text that was read: a file with the same stamp is not read again. */
  readonly stamp: string;
  readonly scan: ModuleScan;
  summary?: Promise<ModuleSummary | undefined>;
}

interface ModuleStoreOptions {
  readonly fileSystem: FileSystem;
  readonly root: string;
  readonly engine: LinkEngine;
  /** Path by which findings name a file, from its path below the root. */
  readonly display: (path: string) => string;
}

/** Scans and summaries of a workspace's files, each made once per version of the text. Paths are relative to the root. */
export class ModuleStore {
  private readonly stored = new Map<string, Promise<Stored | undefined>>();
  private readonly stale = new Map<string, Stored>();
  private readonly open = new Map<string, AnalysisInput>();
  private versions = 0;
  private relevance: Promise<Relevance> | undefined;

  constructor(private readonly options: ModuleStoreOptions) {}

  /** Rejects while the engine cannot answer; to be asked again then. */
  async start(): Promise<Relevance> {
    this.relevance ??= this.options.engine.libraries().then((libraries) => new Relevance(libraries));
    try {
      return await this.relevance;
    } catch (error) {
      this.relevance = undefined;
      throw error;
    }
  }

  async scan(path: string): Promise<ModuleScan | undefined> {
    return (await this.module(path))?.scan;
  }

  async summary(path: string): Promise<ModuleSummary | undefined> {
    const module = await this.module(path);
    if (!module) return undefined;
    module.summary ??= this.summarize(path);
    return module.summary;
  }

  /** The text of an open document, which stands above the file's; `undefined` once it is closed. False when it is known already. */
  setOpen(path: string, input: AnalysisInput | undefined): boolean {
    const before = this.open.get(path);
    if (input === before || (input && before && textOf(input) === textOf(before))) return false;
    if (input) this.open.set(path, input);
    else this.open.delete(path);
    this.stored.delete(path);
    this.stale.delete(path);
    return true;
  }

  /** The file may have changed: its stamp decides when it is asked for. */
  async invalidate(path: string): Promise<void> {
    if (this.open.has(path)) return;
    const stored = await this.stored.get(path);
    this.stored.delete(path);
    if (stored) this.stale.set(path, stored);
  }

  forgetSummary(path: string): void {
    void this.stored.get(path)?.then((stored) => {
      if (stored) delete stored.summary;
    });
  }

  clear(): void {
    this.stored.clear();
    this.stale.clear();
  }

  private module(path: string): Promise<Stored | undefined> {
    const known = this.stored.get(path);
    if (known) return known;
    const made = this.read(path).catch(() => undefined);
    this.stored.set(path, made);
    return made;
  }

  private async read(path: string): Promise<Stored | undefined> {
    const relevance = await this.start();
    const open = this.open.get(path);
    if (open) return { stamp: `open ${++this.versions}`, scan: scanModule(open, relevance) };
    const { fileSystem, root } = this.options;
    const stat = await fileSystem.stat(resolvePath(root, path));
    const stale = this.stale.get(path);
    this.stale.delete(path);
    if (stat?.kind !== 'file' || stat.size > MOST_BYTES) return undefined;
    const stamp = stampOf(stat);
    if (stale && stamp !== undefined && stale.stamp === stamp) return stale;
    const input = moduleInput(path, await fileSystem.readText(resolvePath(root, path)));
    return input && { stamp: stamp ?? `read ${++this.versions}`, scan: scanModule(input, relevance) };
  }

  /** Texts are not kept: a file whose summary is wanted is read again. */
  private async summarize(path: string): Promise<ModuleSummary | undefined> {
    const { fileSystem, root, engine, display } = this.options;
    try {
      const input = this.open.get(path) ?? moduleInput(path, await fileSystem.readText(resolvePath(root, path)));
      return input && (await engine.summarize({ ...input, path: display(path) }));
    } catch {
      return undefined;
    }
  }
}

function textOf(input: AnalysisInput): string {
  return input.kind === 'file' ? input.text : JSON.stringify(input.cells);
}

function stampOf({ size, modified }: FileStat): string | undefined {
  return modified === undefined ? undefined : `${size} ${modified}`;
}
