import type { AnalysisInput } from '../../core/engine/analysis.ts';
import type { LocalModelFacts, ModelFacts } from '../../energy/modelFacts.ts';
import type { FileSystem } from '../fileSystem.ts';
import { PathCache } from '../project/folderCache.ts';
import { isInside, parentOf, resolvePath } from '../project/paths.ts';
import { pathsInText } from './pathsInText.ts';
import { readModelFolder } from './readModelFolder.ts';

const NONE: LocalModelFacts = {};

/** Models that code loads from folders of its own workspace. Nothing outside of the workspace is looked at. */
export class LocalModels {
  private readonly cache = new PathCache<ModelFacts | undefined>();

  constructor(
    private readonly fileSystem: FileSystem,
    /** Absolute path of the workspace folder. */
    private readonly root: string,
  ) {}

  /** By the path as the text writes it; relative paths count from the file's folder, then from the workspace folder. */
  async namedIn(input: AnalysisInput, path: string): Promise<LocalModelFacts> {
    const text = input.kind === 'file' ? input.text : input.cells.map((cell) => cell.text).join('\n');
    const written = pathsInText(text);
    if (written.length === 0) return NONE;
    const bases = [...new Set([parentOf(path) ?? this.root, this.root])];
    const found = await Promise.all(written.map(async (name) => [name, await this.inBases(name, bases)] as const));
    return Object.fromEntries(found.flatMap(([name, model]) => (model ? [[name, { ...model, id: name }]] : [])));
  }

  forget(): void {
    this.cache.clear();
  }

  private async inBases(name: string, bases: readonly string[]): Promise<ModelFacts | undefined> {
    for (const base of bases) {
      const folder = resolvePath(base, name.replace(/\/$/, ''));
      const model = isInside(folder, this.root) ? await this.read(folder, name) : undefined;
      if (model) return model;
    }
    return undefined;
  }

  /** A broken configuration says nothing: it is the user's model, not a file of ours. */
  private read(folder: string, name: string): Promise<ModelFacts | undefined> {
    return this.cache.get(folder, async () => {
      const found = await readModelFolder(folder, name, this.fileSystem).catch(() => undefined);
      return found && !('failure' in found) ? found : undefined;
    });
  }
}
