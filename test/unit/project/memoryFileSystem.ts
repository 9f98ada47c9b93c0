import type { FileStat, FileSystem, FolderEntry } from '../../../src/host/fileSystem.ts';

/** Files in memory by absolute path; counts what is read, so that tests see caching. */
export class MemoryFileSystem implements FileSystem {
  readonly reads: string[] = [];

  constructor(readonly files: Map<string, string>) {}

  async readBytes(path: string): Promise<Uint8Array> {
    return new TextEncoder().encode(await this.readText(path));
  }

  async readText(path: string): Promise<string> {
    this.reads.push(path);
    const text = this.files.get(path);
    if (text === undefined) throw new Error(`ENOENT: no such file, open '${path}'`);
    return text;
  }

  async stat(path: string): Promise<FileStat | undefined> {
    const text = this.files.get(path);
    if (text !== undefined) return { kind: 'file', size: text.length };
    return [...this.files.keys()].some((name) => name.startsWith(`${path}/`)) ? { kind: 'folder', size: 0 } : undefined;
  }

  async list(path: string): Promise<readonly FolderEntry[]> {
    const entries = new Map<string, FolderEntry>();
    for (const file of this.files.keys()) {
      if (!file.startsWith(`${path}/`)) continue;
      const [name = '', ...rest] = file.slice(path.length + 1).split('/');
      entries.set(name, { name, kind: rest.length > 0 ? 'folder' : 'file' });
    }
    return [...entries.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }
}
