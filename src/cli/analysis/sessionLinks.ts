import type { AnalysisInput } from '../../core/engine/analysis.ts';
import type { LinkFacts } from '../../core/workspace/linkFacts.ts';
import { displayPath } from '../../host/project/displayPath.ts';
import { PathCache } from '../../host/project/folderCache.ts';
import { parentOf } from '../../host/project/paths.ts';
import type { LinkEngine } from '../../host/workspace/linkEngine.ts';
import { linkRoot } from '../../host/workspace/linkRoot.ts';
import { WorkspaceLinks } from '../../host/workspace/workspaceLinks.ts';
import type { CliContext } from '../cliContext.ts';

/** Facts across files for one run: the repositories around the files, each with its links. */
export class SessionLinks {
  private readonly rootOf = new PathCache<string>();
  private readonly links = new Map<string, WorkspaceLinks>();
  private defect: unknown;

  constructor(
    private readonly context: CliContext,
    private readonly engine: LinkEngine,
    /** Folders that the run was asked for: their files belong together. */
    private readonly named: () => readonly string[],
  ) {}

  async prepare(files: readonly string[]): Promise<void> {
    const byLinks = new Map<WorkspaceLinks, string[]>();
    for (const file of files) {
      const links = await this.linksOf(file);
      const known = byLinks.get(links);
      if (known) known.push(file);
      else byLinks.set(links, [file]);
    }
    for (const [links, paths] of byLinks) await links.prepare(paths);
  }

  async factsFor(absolute: string): Promise<LinkFacts | undefined> {
    return (await this.linksOf(absolute)).factsFor(absolute);
  }

  /** What kept a file from being linked, told once. */
  takeDefect(): unknown {
    const { defect } = this;
    this.defect = undefined;
    return defect;
  }

  /** A text that is not the file's: standard input, or what fixes have made of it. */
  async setText(absolute: string, input: AnalysisInput): Promise<void> {
    (await this.linksOf(absolute)).setText(absolute, input);
  }

  private async linksOf(absolute: string): Promise<WorkspaceLinks> {
    const { cwd, fileSystem } = this.context;
    const folder = parentOf(absolute) ?? absolute;
    const root = await this.rootOf.get(folder, () => linkRoot(absolute, cwd, this.named(), fileSystem));
    const known = this.links.get(root);
    if (known) return known;
    const links = new WorkspaceLinks({
      fileSystem,
      root,
      display: (path) => displayPath(path, cwd),
      engine: this.engine,
      onDefect: (error) => {
        this.defect ??= error;
      },
    });
    this.links.set(root, links);
    return links;
  }
}
