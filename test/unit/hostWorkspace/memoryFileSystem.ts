import type { FileStat, FileSystem, FolderEntry } from '../../../src/host/fileSystem.ts';

/** Files in memory by absolute path. Counts what is asked of it, so that tests can tell what was read again. */
export class MemoryFileSystem implements FileSystem {
  readonly reads: string[] = [];
  readonly lists: string[] = [];
  readonly unreadable = new Set<string>();
  private readonly files = new Map<
    string,
    { readonly text: string; readonly modified: number; readonly size?: number }
  >();
  private clock = 0;

  constructor(files: Readonly<Record<string, string>>) {
    for (const [path, text] of Object.entries(files)) this.write(path, text);
  }

  /** `size` pretends another size than the text has. */
  write(path: string, text: string, size?: number): void {
    this.files.set(path, { text, modified: ++this.clock, ...(size === undefined ? {} : { size }) });
  }

  remove(path: string): void {
    this.files.delete(path);
  }

  async readBytes(path: string): Promise<Uint8Array> {
    return new TextEncoder().encode(await this.readText(path));
  }

  async readText(path: string): Promise<string> {
    this.reads.push(path);
    const file = this.files.get(path);
    if (!file || this.unreadable.has(path)) throw new Error(`cannot read ${path}`);
    return file.text;
  }

  async stat(path: string): Promise<FileStat | undefined> {
    const file = this.files.get(path);
    if (file) return { kind: 'file', size: file.size ?? file.text.length, modified: file.modified };
    return this.isFolder(path) ? { kind: 'folder', size: 0 } : undefined;
  }

  async list(path: string): Promise<readonly FolderEntry[]> {
    this.lists.push(path);
    if (this.unreadable.has(path)) throw new Error(`cannot list ${path}`);
    const entries = new Map<string, FolderEntry>();
    for (const file of this.files.keys()) {
      if (!file.startsWith(`${path}/`)) continue;
      const [name = '', ...rest] = file.slice(path.length + 1).split('/');
      entries.set(name, { name, kind: rest.length > 0 ? 'folder' : 'file' });
    }
    return [...entries.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  private isFolder(path: string): boolean {
    return [...this.files.keys()].some((file) => file.startsWith(`${path}/`));
  }
}
