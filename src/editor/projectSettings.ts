import * as vscode from 'vscode';
import { applyBaseline, type Baseline, type BaselineFailure, parseBaseline } from '../core/baseline/baseline.ts';
import type { AnalysisResult } from '../core/engine/analysis.ts';
import type { Problem } from '../core/engine/finding.ts';
import { decodeText } from '../host/decodeText.ts';
import type { FileSystem } from '../host/fileSystem.ts';
import type { ProjectReader, ProjectSettings } from '../host/project/projectReader.ts';
import { type EditorSettings, readSettings } from './settings.ts';
import { VscodeFileSystem } from './vscodeFileSystem.ts';

/** Makes the reader of one root: its files, its path, and the user's settings, which stand below the project's own file. */
export type CreateReader = (root: {
  readonly fileSystem: FileSystem;
  readonly path: string;
  readonly defaults: () => EditorSettings;
}) => ProjectReader;

/** Files that decide settings, versions or hardware: a change of one makes its surroundings be read again. */
const DECIDING_FILES =
  '**/{pyproject.toml,green-ai.toml,*.json,requirements*.txt,requirements*.in,*.lock,environment.yml,environment.yaml,setup.cfg,setup.py,pnpm-lock.yaml}';

const DECIDING_NAME =
  /(?:^|\/)(?:pyproject\.toml|green-ai\.toml|[^/]*\.json|requirements[^/]*\.(?:txt|in)|[^/]*\.lock|environment\.ya?ml|setup\.(?:cfg|py)|pnpm-lock\.yaml)$|(?:^|\/)\.green-ai(?:\/|$)/;

/** Settings in force per file: one reader per workspace folder, and one for files outside of all folders. */
export class ProjectSettingsSource implements vscode.Disposable {
  private readonly readers = new Map<string, ProjectReader>();
  private readonly baselines = new Map<string, Promise<Baseline | BaselineFailure>>();
  private readonly changed = new vscode.EventEmitter<void>();
  /** Something that decides settings changed: analyse again. */
  readonly onDidChange = this.changed.event;
  private readonly subscriptions: vscode.Disposable[];

  constructor(private readonly createReader: CreateReader) {
    const watcher = vscode.workspace.createFileSystemWatcher(DECIDING_FILES);
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
      vscode.workspace.onDidChangeWorkspaceFolders(() => {
        this.readers.clear();
        this.changed.fire();
      }),
      this.changed,
    ];
  }

  async settingsFor(uri: vscode.Uri): Promise<ProjectSettings> {
    const folder = vscode.workspace.getWorkspaceFolder(uri);
    const root = folder?.uri ?? vscode.Uri.joinPath(uri, '..');
    return this.reader(root).settingsFor(uri.path);
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
    return { ...result, findings: applyBaseline(result.findings, baseline, new Set()).findings };
  }

  /** Where a problem of a configuration file is to be shown. */
  problemUri(problem: Problem, near: vscode.Uri): vscode.Uri {
    const root = vscode.workspace.getWorkspaceFolder(near)?.uri ?? vscode.Uri.joinPath(near, '..');
    return problem.path.startsWith('/') ? root.with({ path: problem.path }) : vscode.Uri.joinPath(root, problem.path);
  }

  /** Reads everything again. A profile that was in force while its file is broken stays in force. */
  reset(): void {
    this.baselines.clear();
    for (const [root, reader] of this.readers) reader.invalidate(`${vscode.Uri.parse(root).path}/.`);
    this.changed.fire();
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private onFiles(uris: readonly vscode.Uri[]): void {
    const deciding = uris.filter(
      ({ path }) => DECIDING_NAME.test(path) && !/\/(?:node_modules|site-packages)\//.test(path),
    );
    if (deciding.length === 0) return;
    for (const reader of this.readers.values()) for (const { path } of deciding) reader.invalidate(path);
    this.baselines.clear();
    this.changed.fire();
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

  private reader(root: vscode.Uri): ProjectReader {
    const key = root.toString();
    const known = this.readers.get(key);
    if (known !== undefined) return known;
    const created = this.createReader({
      fileSystem: new VscodeFileSystem(root),
      path: root.path,
      defaults: () => readSettings(root),
    });
    this.readers.set(key, created);
    return created;
  }
}
