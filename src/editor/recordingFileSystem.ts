import type { FileStat, FileSystem, FolderEntry } from '../host/fileSystem.ts';

/** Remembers which files were asked for: a configuration can name files of any name, and a change of those counts too. */
export class RecordingFileSystem implements FileSystem {
  private readonly asked = new Set<string>();

  constructor(private readonly inner: FileSystem) {}

  /** True also for a file that was missing when it was asked for. */
  hasAskedFor(path: string): boolean {
    return this.asked.has(path);
  }

  readBytes(path: string): Promise<Uint8Array> {
    this.asked.add(path);
    return this.inner.readBytes(path);
  }

  readText(path: string): Promise<string> {
    this.asked.add(path);
    return this.inner.readText(path);
  }

  stat(path: string): Promise<FileStat | undefined> {
    this.asked.add(path);
    return this.inner.stat(path);
  }

  list(path: string): Promise<readonly FolderEntry[]> {
    return this.inner.list(path);
  }
}
