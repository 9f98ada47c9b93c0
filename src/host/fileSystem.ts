/**
 * What the project reader needs of a file system. Paths are absolute with forward slashes (`/home/a/b.py`, `C:/a/b.py`);
 * the editor's implementation maps them to URIs of one workspace folder, so that virtual workspaces work too.
 */
export interface FileSystem {
  /** Rejects with an `Error` that says why (missing, not permitted, a folder). */
  readBytes(path: string): Promise<Uint8Array>;
  /** UTF-8, or UTF-16 where a byte order mark says so; the mark is removed. Rejects as `readBytes` does. */
  readText(path: string): Promise<string>;
  /** `undefined` when nothing is there or it cannot be reached. */
  stat(path: string): Promise<FileStat | undefined>;
  /** Entries in name order; empty when the folder does not exist. Rejects when it cannot be listed. */
  list(path: string): Promise<readonly FolderEntry[]>;
}

export interface FileStat {
  /** Symbolic links are followed. */
  readonly kind: 'file' | 'folder' | 'other';
  readonly size: number;
  /** Time of the last change in milliseconds, where the file system can say. */
  readonly modified?: number;
  /** Same for the same file however it was reached, where the file system can say: guards against link loops. */
  readonly identity?: string;
}

export interface FolderEntry {
  readonly name: string;
  readonly kind: 'file' | 'folder' | 'other';
  /** Why a symbolic link leads nowhere, where the file system can say; its kind is `other`. */
  readonly brokenLink?: 'loop' | 'dangling';
}
