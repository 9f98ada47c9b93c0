import * as vscode from 'vscode';
import { applyBaseline, type Baseline, type BaselineFailure, parseBaseline } from '../core/baseline/baseline.ts';
import type { AnalysisInput, AnalysisResult, AnalysisSettings } from '../core/engine/analysis.ts';
import type { Problem } from '../core/engine/finding.ts';
import { decodeText } from '../host/decodeText.ts';
import type { FileSystem } from '../host/fileSystem.ts';
import { displayPath } from '../host/project/displayPath.ts';
import { parentOf } from '../host/project/paths.ts';
import type { ProjectReader, ProjectSettings } from '../host/project/projectReader.ts';
import { decidesSettings, WATCHED_FILES } from './decidingFiles.ts';
import { RecordingFileSystem } from './recordingFileSystem.ts';
import { type EditorSettings, readSettings } from './settings.ts';
import { VscodeFileSystem } from './vscodeFileSystem.ts';

/** Makes the reader of one root: its files, its path, and the user's settings, which stand below the project's own file. */
export type CreateReader = (root: {
  readonly fileSystem: FileSystem;
  readonly path: string;
  readonly defaults: () => EditorSettings;
}) => ProjectReader;

/** Changes of one checkout or one "save all" come in a burst. */
const BURST_MS = 200;

interface Root {
  readonly reader: ProjectReader;
  readonly files: RecordingFileSystem;
}

/** Settings in force per file: one reader per workspace folder, and one for files outside of all folders. */
export class ProjectSettingsSource implements vscode.Disposable {
  private readonly roots = new Map<string, Root>();
  private readonly baselines = new Map<string, Promise<Baseline | BaselineFailure>>();
  private readonly changed = new vscode.EventEmitter<void>();
  /** Something that decides settings changed: analyse again. */
  readonly onDidChange = this.changed.event;
  private readonly subscriptions: vscode.Disposable[];
  private burst: NodeJS.Timeout | undefined;

  constructor(private readonly createReader: CreateReader) {
    const watcher = vscode.workspace.createFileSystemWatcher(WATCHED_FILES);
    const onFiles = (uris: readonly vscode.Uri[]): void => this.onFiles(uris);
    this.subscriptions = [
      watcher,
      watcher.onDidCreate((uri) => onFiles([uri])),
      watcher.onDidChange((uri) => onFiles([uri])),
      watcher.onDidDelete((uri) => onFiles([uri])),
      // Some file systems have no watcher, or a slow one; what the user does here is known at once.
      vscode.workspace.onDidSaveTextDocument(({ uri }) => onFiles([uri])),
      vscode.workspace.onDidCreateFiles(({ files }) => onFiles(files)),
      vscode.workspace.onDidDeleteFiles(({ files }) => onFiles(files)),
      vscode.workspace.onDidRenameFiles(({ files }) =>
        onFiles(files.flatMap(({ oldUri, newUri }) => [oldUri, newUri])),
      ),
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.reset()),
      vscode.workspace.onDidChangeWorkspaceFolders(() => {
        this.roots.clear();
        this.baselines.clear();
        this.changed.fire();
      }),
      this.changed,
    ];
  }

  async settingsFor(uri: vscode.Uri): Promise<ProjectSettings> {
    return this.rootOf(uri).reader.settingsFor(uri.path);
  }

  /** Settings for this text: with the models that it loads from folders of the workspace. */
  async analysisSettings(project: ProjectSettings, input: AnalysisInput, uri: vscode.Uri): Promise<AnalysisSettings> {
    return this.rootOf(uri).reader.withNamedFiles(project.settings, input, uri.path);
  }

  /** Marks the findings that the project's baseline file accepts; an unusable file accepts nothing and is a problem. */
  async withBaseline(result: AnalysisResult, project: ProjectSettings, uri: vscode.Uri): Promise<AnalysisResult> {
    const { baselinePath } = project;
    if (baselinePath === undefined) return result;
    const baseline = await this.baseline(uri.with({ path: baselinePath, query: '', fragment: '' }));
    if ('failure' in baseline) {
      const problem: Problem = { path: baselinePath, kind: 'invalid-config', message: baseline.failure };
      return { ...result, problems: [...result.problems, problem] };
    }
    const path = displayPath(uri.path, parentOf(baselinePath) ?? baselinePath);
    return { ...result, findings: applyBaseline(result.findings, baseline, new Set(), () => path).findings };
  }

  /** Where a problem of a configuration file is to be shown. */
  problemUri(problem: Problem, near: vscode.Uri): vscode.Uri {
    const root = vscode.workspace.getWorkspaceFolder(near)?.uri ?? vscode.Uri.joinPath(near, '..');
    return problem.path.startsWith('/') ? root.with({ path: problem.path }) : vscode.Uri.joinPath(root, problem.path);
  }

  /** Reads everything again. A profile that was in force while its file is broken stays in force. */
  reset(): void {
    this.baselines.clear();
    for (const [root, { reader }] of this.roots) reader.invalidate(`${vscode.Uri.parse(root).path}/.`);
    this.changed.fire();
  }

  dispose(): void {
    clearTimeout(this.burst);
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private onFiles(uris: readonly vscode.Uri[]): void {
    const deciding = uris.filter((uri) => this.isDeciding(uri));
    if (deciding.length === 0) return;
    for (const { reader } of this.roots.values()) for (const { path } of deciding) reader.invalidate(path);
    this.baselines.clear();
    clearTimeout(this.burst);
    this.burst = setTimeout(() => this.changed.fire(), BURST_MS);
  }

  /** By its name, or because it was read: data that a running program writes must not cost an analysis. */
  private isDeciding(uri: vscode.Uri): boolean {
    if (decidesSettings(uri.path) || this.baselines.has(uri.toString())) return true;
    return [...this.roots.values()].some(({ files }) => files.hasAskedFor(uri.path));
  }

  private baseline(file: vscode.Uri): Promise<Baseline | BaselineFailure> {
    const known = this.baselines.get(file.toString());
    if (known !== undefined) return known;
    const read = Promise.resolve(vscode.workspace.fs.readFile(file)).then(
      (bytes) => parseBaseline(decodeText(bytes)),
      (error: unknown) => ({ failure: error instanceof Error ? error.message : String(error) }),
    );
    this.baselines.set(file.toString(), read);
    return read;
  }

  private rootOf(uri: vscode.Uri): Root {
    return this.root(vscode.workspace.getWorkspaceFolder(uri)?.uri ?? vscode.Uri.joinPath(uri, '..'));
  }

  private root(uri: vscode.Uri): Root {
    const key = uri.toString();
    const known = this.roots.get(key);
    if (known !== undefined) return known;
    const files = new RecordingFileSystem(new VscodeFileSystem(uri));
    const reader = this.createReader({ fileSystem: files, path: uri.path, defaults: () => readSettings(uri) });
    const root = { reader, files };
    this.roots.set(key, root);
    return root;
  }
}
