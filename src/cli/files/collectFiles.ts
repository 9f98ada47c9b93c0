import type { FileSystem } from '../../host/fileSystem.ts';
import { GitIgnore } from '../../host/files/gitIgnore.ts';
import { isGenerated, isLibraryFolder } from '../../host/files/ignoredNames.ts';
import { displayPath } from '../../host/project/displayPath.ts';
import { nameOf, parentOf, resolvePath } from '../../host/project/paths.ts';
import { languageOf } from '../../languages/languageOf.ts';

export interface FoundFile {
  /** Absolute, with forward slashes. */
  readonly absolute: string;
  /** As findings and messages name it: relative to the working directory. */
  readonly path: string;
  /** Named by the user: analysed whatever is ignored or excluded. */
  readonly isExplicit: boolean;
}

interface CollectedFiles {
  /** In order of path, each once. */
  readonly files: readonly FoundFile[];
  /** Folders and files that could not be looked at. */
  readonly notes: readonly PathNote[];
  /** Arguments that lead to nothing. */
  readonly missing: readonly PathNote[];
  /** A folder that the user named could not be listed. */
  readonly isUnlisted: boolean;
}

interface PathNote {
  readonly path: string;
  readonly reason: string;
}

const LINK_REASON = { loop: 'symbolic link loop', dangling: 'symbolic link to nothing' } as const;

/** The source files that paths on the command line stand for. */
export async function collectFiles(
  paths: readonly string[],
  cwd: string,
  fileSystem: FileSystem,
): Promise<CollectedFiles> {
  const files = new Map<string, FoundFile>();
  const notes: PathNote[] = [];
  const missing: PathNote[] = [];
  let isUnlisted = false;
  const seenFolders = new Set<string>();
  for (const argument of paths) {
    const absolute = resolvePath(cwd, argument);
    const stat = await fileSystem.stat(absolute);
    if (!stat) missing.push({ path: argument, reason: await absence(absolute, fileSystem) });
    else if (stat.kind === 'folder') {
      const parent = parentOf(absolute) ?? absolute;
      await walk(absolute, await GitIgnore.above(parent, fileSystem), []);
    } else if (stat.kind !== 'file') note(absolute, 'is neither a file nor a folder');
    else if (!isSource(absolute)) note(absolute, 'is no Python, TypeScript or JavaScript file and no notebook');
    else add(absolute, true);
  }
  const inOrder = [...files.values()].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  return { files: inOrder, notes, missing, isUnlisted };

  async function walk(folder: string, outer: GitIgnore, around: readonly string[]): Promise<void> {
    // A folder that links lead to is looked at once.
    const identity = (await fileSystem.stat(folder))?.identity ?? folder;
    if (around.includes(identity)) return note(folder, 'symbolic link loop: it leads back to a folder around it');
    if (seenFolders.has(identity)) return;
    seenFolders.add(identity);
    const ignored = await outer.inside(folder, fileSystem);
    let entries: Awaited<ReturnType<FileSystem['list']>>;
    try {
      entries = await fileSystem.list(folder);
    } catch (error) {
      if (around.length === 0) isUnlisted = true;
      return note(folder, `cannot be listed: ${error instanceof Error ? error.message : String(error)}`);
    }
    if (entries.some(({ name }) => name === 'pyvenv.cfg')) return;
    for (const { name, kind, brokenLink } of entries) {
      const path = resolvePath(folder, name);
      if (kind === 'folder') {
        if (!isLibraryFolder(name) && !ignored.ignores(path, true)) await walk(path, ignored, [...around, identity]);
      } else if (kind === 'file' && isSource(name) && !isGenerated(name) && !ignored.ignores(path, false)) {
        add(path, false);
      } else if (brokenLink && mayHoldSource(name) && !ignored.ignores(path, false)) {
        note(path, LINK_REASON[brokenLink]);
      }
    }
  }

  function add(absolute: string, isExplicit: boolean): void {
    const known = files.get(absolute);
    if (!known?.isExplicit) files.set(absolute, { absolute, path: displayPath(absolute, cwd), isExplicit });
  }

  function note(absolute: string, reason: string): void {
    notes.push({ path: displayPath(absolute, cwd), reason });
  }
}

/** A link may stand for a source file or for a folder. Hidden ones are other tools': editors lock files by links to nowhere. */
function mayHoldSource(name: string): boolean {
  return !isLibraryFolder(name) && (isSource(name) || !name.includes('.'));
}

/** Why a path that was named leads to nothing. */
async function absence(absolute: string, fileSystem: FileSystem): Promise<string> {
  const entries = await fileSystem.list(parentOf(absolute) ?? absolute).catch(() => []);
  const link = entries.find(({ name }) => name === nameOf(absolute))?.brokenLink;
  return link === undefined ? 'no such file or folder' : LINK_REASON[link];
}

function isSource(path: string): boolean {
  return languageOf(path) !== undefined || nameOf(path).toLowerCase().endsWith('.ipynb');
}
