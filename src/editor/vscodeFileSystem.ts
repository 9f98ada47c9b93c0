import * as vscode from 'vscode';
import { decodeText } from '../host/decodeText.ts';
import type { FileStat, FileSystem, FolderEntry } from '../host/fileSystem.ts';

/** Files of one workspace folder through the editor, so that remote and virtual workspaces work; a path is the URI's path. */
export class VscodeFileSystem implements FileSystem {
  constructor(private readonly base: vscode.Uri) {}

  async readBytes(path: string): Promise<Uint8Array> {
    return vscode.workspace.fs.readFile(this.uri(path));
  }

  async readText(path: string): Promise<string> {
    return decodeText(await this.readBytes(path));
  }

  async stat(path: string): Promise<FileStat | undefined> {
    try {
      const { type, size, mtime } = await vscode.workspace.fs.stat(this.uri(path));
      return { kind: kindOf(type), size, modified: mtime };
    } catch {
      return undefined;
    }
  }

  async list(path: string): Promise<readonly FolderEntry[]> {
    try {
      const entries = await vscode.workspace.fs.readDirectory(this.uri(path));
      return entries
        .map(([name, type]) => ({ name, kind: kindOf(type) }))
        .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
    } catch (error) {
      if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') return [];
      throw error;
    }
  }

  uri(path: string): vscode.Uri {
    return this.base.with({ path });
  }
}

function kindOf(type: vscode.FileType): FileStat['kind'] {
  if ((type & vscode.FileType.File) !== 0) return 'file';
  return (type & vscode.FileType.Directory) !== 0 ? 'folder' : 'other';
}
