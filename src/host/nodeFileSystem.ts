import { readdir, readFile, stat } from 'node:fs/promises';
import { decodeText } from './decodeText.ts';
import type { FileStat, FileSystem, FolderEntry } from './fileSystem.ts';

/** The disk. */
export class NodeFileSystem implements FileSystem {
  async readBytes(path: string): Promise<Uint8Array> {
    return readFile(path);
  }

  async readText(path: string): Promise<string> {
    return decodeText(await readFile(path));
  }

  async stat(path: string): Promise<FileStat | undefined> {
    try {
      const found = await stat(path, { bigint: true });
      const kind = found.isFile() ? 'file' : found.isDirectory() ? 'folder' : 'other';
      return { kind, size: Number(found.size), modified: Number(found.mtimeMs), identity: `${found.dev}:${found.ino}` };
    } catch {
      return undefined;
    }
  }

  async list(path: string): Promise<readonly FolderEntry[]> {
    const entries = await readdir(path, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return [];
      throw error;
    });
    const resolved = await Promise.all(
      entries.map(async (entry): Promise<FolderEntry> => {
        if (entry.isSymbolicLink())
          return { name: entry.name, kind: (await this.stat(`${path}/${entry.name}`))?.kind ?? 'other' };
        return { name: entry.name, kind: entry.isFile() ? 'file' : entry.isDirectory() ? 'folder' : 'other' };
      }),
    );
    return resolved.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  }
}
