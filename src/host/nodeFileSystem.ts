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
      return {
        kind: kindOf(found),
        size: Number(found.size),
        modified: Number(found.mtimeMs),
        identity: `${found.dev}:${found.ino}`,
      };
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
        if (entry.isSymbolicLink()) return linkEntry(path, entry.name);
        return { name: entry.name, kind: kindOf(entry) };
      }),
    );
    return resolved.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  }
}

async function linkEntry(folder: string, name: string): Promise<FolderEntry> {
  try {
    return { name, kind: kindOf(await stat(`${folder}/${name}`)) };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ELOOP') return { name, kind: 'other', brokenLink: 'loop' };
    return { name, kind: 'other', ...(code === 'ENOENT' ? { brokenLink: 'dangling' } : {}) };
  }
}

function kindOf(found: { isFile(): boolean; isDirectory(): boolean }): FolderEntry['kind'] {
  return found.isFile() ? 'file' : found.isDirectory() ? 'folder' : 'other';
}
