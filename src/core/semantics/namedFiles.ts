/** A file of the workspace that the text of a program names. */
export interface NamedFile {
  /** Size in bytes; of the file that a Git LFS pointer stands for. */
  readonly bytes: number;
  /** Names of the files beside it with the same extension, itself left out. */
  readonly siblings: readonly string[];
}

/** Files by the path as the text writes it. */
export type NamedFiles = Readonly<Record<string, NamedFile>>;
