import * as vscode from 'vscode';
import type { Problem } from '../core/engine/finding.ts';
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
  '**/{pyproject.toml,green-ai.toml,green-ai.json,package.json,package-lock.json,requirements*.txt,uv.lock,poetry.lock,Pipfile.lock,environment.yml,environment.yaml,setup.cfg,Dockerfile,*.dockerfile,compose.yaml,compose.yml,docker-compose.yml,docker-compose.yaml,hardware.json}';

/** Settings in force per file: one reader per workspace folder, and one for files outside of all folders. */
export class ProjectSettingsSource implements vscode.Disposable {
  private readonly readers = new Map<string, ProjectReader>();
  private readonly changed = new vscode.EventEmitter<void>();
  /** Something that decides settings changed: analyse again. */
  readonly onDidChange = this.changed.event;
  private readonly subscriptions: vscode.Disposable[];

  constructor(private readonly createReader: CreateReader) {
    const watcher = vscode.workspace.createFileSystemWatcher(DECIDING_FILES);
    const onFile = (uri: vscode.Uri): void => {
      if (/\/(node_modules|\.venv|venv|site-packages)\//.test(uri.path)) return;
      for (const reader of this.readers.values()) reader.invalidate(uri.path);
      this.changed.fire();
    };
    this.subscriptions = [
      watcher,
      watcher.onDidCreate(onFile),
      watcher.onDidChange(onFile),
      watcher.onDidDelete(onFile),
      vscode.workspace.onDidChangeWorkspaceFolders(() => this.reset()),
      this.changed,
    ];
  }

  async settingsFor(uri: vscode.Uri): Promise<ProjectSettings> {
    const folder = vscode.workspace.getWorkspaceFolder(uri);
    const root = folder?.uri ?? vscode.Uri.joinPath(uri, '..');
    return this.reader(root).settingsFor(uri.path);
  }

  /** Where a problem of a configuration file is to be shown. */
  problemUri(problem: Problem, near: vscode.Uri): vscode.Uri {
    const root = vscode.workspace.getWorkspaceFolder(near)?.uri ?? vscode.Uri.joinPath(near, '..');
    return problem.path.startsWith('/') ? root.with({ path: problem.path }) : vscode.Uri.joinPath(root, problem.path);
  }

  /** The user's own settings changed; what was read from files stands. */
  settingsChanged(): void {
    for (const [root, reader] of this.readers) reader.invalidate(vscode.Uri.parse(root).path);
    this.changed.fire();
  }

  /** Forgets all that was read. */
  reset(): void {
    this.readers.clear();
    this.changed.fire();
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
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
