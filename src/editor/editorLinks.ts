import * as vscode from 'vscode';
import type { AnalysisInput } from '../core/engine/analysis.ts';
import type { LinkFacts } from '../core/workspace/linkFacts.ts';
import { scanImports } from '../host/workspace/importScan.ts';
import type { LinkEngine } from '../host/workspace/linkEngine.ts';
import { WorkspaceLinks } from '../host/workspace/workspaceLinks.ts';
import { isUserText } from './documentScope.ts';
import { type Snapshot, workspacePath } from './snapshot.ts';
import { VscodeFileSystem } from './vscodeFileSystem.ts';

/** Code, and the configuration that says where modules lie. */
const LINKED_FILES =
  '**/{*.py,*.ts,*.mts,*.cts,*.tsx,*.js,*.mjs,*.cjs,*.jsx,*.vue,*.svelte,*.ipynb,tsconfig*.json,jsconfig.json,package.json,pnpm-workspace.yaml,pyproject.toml,setup.py,setup.cfg}';

/** Events of one checkout or one "save all" come in a burst. */
const BURST_MS = 300;

/** More than one document's neighbourhood, and some 40 MB at most. */
const MOST_SUMMARIES = 1500;

interface DocumentLinks {
  facts: LinkFacts | undefined;
  /** Imports of the text that the facts were made for. */
  imports: string | undefined;
  running?: Promise<void>;
}

/** Facts across the files of each workspace folder, made when the first document asks and kept fresh by file events. */
export class EditorLinks implements vscode.Disposable {
  private readonly folders = new Map<string, WorkspaceLinks>();
  private readonly documents = new Map<string, DocumentLinks>();
  private readonly changed = new vscode.EventEmitter<void>();
  /** Other files changed: facts of open documents may be old. */
  readonly onDidChange = this.changed.event;
  private readonly subscriptions: vscode.Disposable[] = [this.changed];
  private burst: NodeJS.Timeout | undefined;
  private isWatching = false;

  constructor(private readonly engine: LinkEngine) {}

  /** What is known by now; an analysis never waits for more. */
  known(uri: vscode.Uri): LinkFacts | undefined {
    return this.documents.get(uri.toString())?.facts;
  }

  /** Looks at the other files if something that counts has changed, and says so each time that more is known. */
  async update({ uri, input }: Snapshot, onFacts: () => void): Promise<void> {
    const links = this.linksOf(uri);
    if (!links) return;
    this.watch();
    const document: DocumentLinks = this.documents.get(uri.toString()) ?? { facts: undefined, imports: undefined };
    this.documents.set(uri.toString(), document);
    const imports = importsOf(input);
    if (document.imports === imports) return document.running;
    document.imports = imports;
    const before = document.running;
    const run = (before ?? Promise.resolve()).then(async () => {
      links.setText(uri.path, input);
      // Imports are a few files; who calls into this one takes a search.
      for (const scope of ['imports', 'workspace'] as const) {
        const isFirst = document.facts === undefined;
        if (scope === 'imports' && !isFirst) continue;
        const facts = await links.factsFor(uri.path, scope);
        if (this.documents.get(uri.toString()) !== document) return;
        if (JSON.stringify(facts) === JSON.stringify(document.facts)) continue;
        document.facts = facts;
        onFacts();
      }
    });
    document.running = run;
    await run;
    if (document.running === run) delete document.running;
  }

  /** For a run over many files: open documents count as they stand. */
  async prepare(files: readonly vscode.Uri[], open: readonly Snapshot[]): Promise<void> {
    for (const { uri, input } of open) this.linksOf(uri)?.setText(uri.path, input);
    for (const folder of vscode.workspace.workspaceFolders ?? []) {
      const own = files.filter((uri) => vscode.workspace.getWorkspaceFolder(uri) === folder);
      if (own[0]) await this.linksOf(own[0])?.prepare(own.map(({ path }) => path));
    }
  }

  async factsFor(uri: vscode.Uri): Promise<LinkFacts | undefined> {
    return this.linksOf(uri)?.factsFor(uri.path);
  }

  /** The engine starts afresh: what it could not read before counts again. */
  reset(): void {
    for (const links of this.folders.values()) links.clear();
    for (const document of this.documents.values()) document.imports = undefined;
  }

  /** The document was closed: its file's text counts again. */
  forget(uri: vscode.Uri): void {
    if (this.documents.delete(uri.toString())) this.linksOf(uri)?.setText(uri.path, undefined);
  }

  dispose(): void {
    clearTimeout(this.burst);
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private linksOf(uri: vscode.Uri): WorkspaceLinks | undefined {
    const folder = vscode.workspace.getWorkspaceFolder(uri);
    if (!folder || uri.scheme !== folder.uri.scheme) return undefined;
    const key = folder.uri.toString();
    const known = this.folders.get(key);
    if (known) return known;
    const links = new WorkspaceLinks({
      fileSystem: new VscodeFileSystem(folder.uri),
      root: folder.uri.path,
      engine: this.engine,
      mostSummaries: MOST_SUMMARIES,
      display: (path) => workspacePath(folder.uri.with({ path })),
    });
    this.folders.set(key, links);
    return links;
  }

  private watch(): void {
    if (this.isWatching) return;
    this.isWatching = true;
    const watcher = vscode.workspace.createFileSystemWatcher(LINKED_FILES);
    const onFile = (uri: vscode.Uri): void => {
      if (isUserText(uri) && this.linksOf(uri)?.invalidate(uri.path)) this.announce();
    };
    const onFolders = (): void => {
      this.reset();
      this.announce();
    };
    this.subscriptions.push(
      watcher,
      watcher.onDidCreate(onFile),
      watcher.onDidChange(onFile),
      watcher.onDidDelete(onFile),
      // The watcher's pattern does not see folders that come and go as a whole.
      vscode.workspace.onDidDeleteFiles(onFolders),
      vscode.workspace.onDidRenameFiles(onFolders),
      vscode.workspace.onDidChangeWorkspaceFolders(() => {
        this.folders.clear();
        this.announce();
      }),
    );
  }

  private announce(): void {
    clearTimeout(this.burst);
    this.burst = setTimeout(() => {
      for (const document of this.documents.values()) document.imports = undefined;
      this.changed.fire();
    }, BURST_MS);
  }
}

/** Decides whether an edit can change what other files say: new names of a file count once it is saved. */
function importsOf(input: AnalysisInput): string {
  const texts = input.kind === 'file' ? [input.text] : input.cells.map(({ text }) => text);
  const language = input.kind === 'file' ? input.language : 'python';
  return texts.flatMap((text) => scanImports(language, text)).join('\n');
}
