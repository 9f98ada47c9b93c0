import type { Problem } from '../../core/engine/finding.ts';
import { type Ecosystem, manifestRank, readManifest } from '../../core/versions/readManifest.ts';
import type { PlacedManifest } from '../../core/versions/resolveVersions.ts';
import type { FileSystem } from '../fileSystem.ts';
import type { FolderListings } from './folderCache.ts';
import { isInside, nameOf, parentOf, relativeTo, resolvePath } from './paths.ts';

interface ManifestSearch {
  readonly fileSystem: FileSystem;
  readonly listings: FolderListings;
  readonly display: (path: string) => string;
}

interface FoundManifests {
  readonly manifests: readonly PlacedManifest[];
  readonly problems: readonly Problem[];
}

/** Lock files of monorepos go far beyond what source files may have; larger ones are not read. */
const LARGEST_MANIFEST_BYTES = 20_000_000;

/** Manifests and lock files of the folders, nearest first, each with what it includes. */
export async function findManifests(
  folders: readonly string[],
  ecosystem: Ecosystem,
  search: ManifestSearch,
): Promise<FoundManifests> {
  const manifests: PlacedManifest[] = [];
  const problems: Problem[] = [];
  const seen = new Set<string>();
  let packageFolder: string | undefined;
  for (const folder of folders) {
    const names = await search.listings.files(folder);
    if (packageFolder === undefined && names.has('package.json')) packageFolder = folder;
    for (const name of ranked(names, ecosystem)) await read(resolvePath(folder, name));
    if (ecosystem === 'python') await readRequirementsFolder(folder);
  }
  return { manifests, problems };

  /** `requirements/base.txt` and the like. */
  async function readRequirementsFolder(folder: string): Promise<void> {
    const inside = resolvePath(folder, 'requirements');
    for (const name of [...(await search.listings.files(inside))].sort()) {
      if (name.endsWith('.txt')) await read(resolvePath(inside, name));
    }
  }

  async function read(path: string, isConstraint = false): Promise<void> {
    if (seen.has(path)) return;
    seen.add(path);
    const shown = search.display(path);
    const failed = (message: string): void => void problems.push({ path: shown, kind: 'unreadable', message });
    const stat = await search.fileSystem.stat(path);
    if (stat?.kind !== 'file') return failed('is named by a manifest and does not exist');
    if (stat.size > LARGEST_MANIFEST_BYTES) return failed('is too large to be read for versions');
    let text: string;
    try {
      text = await search.fileSystem.readText(path);
    } catch (error) {
      return failed(`cannot be read: ${error instanceof Error ? error.message : String(error)}`);
    }
    const folder = parentOf(path) ?? path;
    const owner = packageFolder !== undefined && isInside(packageFolder, folder) ? packageFolder : folder;
    const found = readManifest(nameOf(path), text, relativeTo(owner, folder));
    if ('error' in found) {
      const position = { line: (found.line ?? 1) - 1, character: (found.column ?? 1) - 1 };
      const location = { path: shown, range: { start: position, end: position } };
      problems.push({ path: shown, kind: 'unreadable', message: found.error, location });
      return;
    }
    manifests.push({ path: shown, manifest: isConstraint ? { ...found, form: 'lock' } : found });
    for (const include of found.includes) {
      await read(resolvePath(folder, include.path), isConstraint || include.isConstraint);
    }
  }
}

/** Whether a folder has anything that `findManifests` would read for it. */
export async function holdsManifests(
  folder: string,
  ecosystem: Ecosystem,
  { listings }: Pick<ManifestSearch, 'listings'>,
): Promise<boolean> {
  const names = await listings.files(folder);
  if (names.has('package.json') || ranked(names, ecosystem).length > 0) return true;
  if (ecosystem !== 'python') return false;
  const requirements = await listings.files(resolvePath(folder, 'requirements'));
  return [...requirements].some((name) => name.endsWith('.txt'));
}

function ranked(names: ReadonlySet<string>, ecosystem: Ecosystem): readonly string[] {
  return [...names]
    .flatMap((name) => {
      const rank = manifestRank(name, ecosystem);
      return rank === undefined ? [] : [{ name, rank }];
    })
    .sort((a, b) => a.rank - b.rank || (a.name < b.name ? -1 : 1))
    .map(({ name }) => name);
}
