import type { Config } from '../../core/config/config.ts';
import { CONFIG_FILES, type LocatedIssue, parseConfig } from '../../core/config/parseConfig.ts';
import type { Problem } from '../../core/engine/finding.ts';
import type { FileSystem } from '../fileSystem.ts';
import type { FolderListings } from './folderCache.ts';
import { nameOf, parentOf, resolvePath } from './paths.ts';

/** A configuration file in force. */
export interface FoundConfig {
  readonly path: string;
  readonly folder: string;
  readonly config: Config;
  readonly problems: readonly Problem[];
  /** A problem at one of its keys. */
  problemAt(message: string, ...key: readonly string[]): Problem;
}

export interface ConfigSearch {
  readonly fileSystem: FileSystem;
  readonly listings: FolderListings;
  readonly knownRules: ReadonlySet<string>;
  /** Name of a path in problems. */
  readonly display: (path: string) => string;
}

/** The configuration file of one folder; one without our table does not count. */
export async function configIn(folder: string, search: ConfigSearch): Promise<FoundConfig | undefined> {
  const names = await search.listings.files(folder);
  for (const name of Object.keys(CONFIG_FILES)) {
    const found = names.has(name) ? await readConfig(resolvePath(folder, name), search) : undefined;
    if (found) return found;
  }
  return undefined;
}

/** Reads a file that somebody named: any name, format by extension; a shared manifest must have our table. */
export async function readConfig(path: string, search: ConfigSearch): Promise<FoundConfig | undefined> {
  const name = nameOf(path);
  const shown = search.display(path);
  let text: string;
  try {
    text = await search.fileSystem.readText(path);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return found({}, [{ path: shown, kind: 'invalid-config', message: `cannot be read: ${message}` }]);
  }
  const parsed = parseConfig(name, text, CONFIG_FILES[name] ?? [], search.knownRules);
  if (!parsed) return undefined;
  const problem = ({ message, range }: LocatedIssue): Problem => ({
    path: shown,
    kind: 'invalid-config',
    message,
    location: { path: shown, range },
  });
  return found(parsed.config, parsed.issues.map(problem), (message, key) =>
    problem({ message, range: parsed.rangeOf(...key) }),
  );

  function found(
    config: Config,
    problems: readonly Problem[],
    at = (message: string, _key: readonly string[]): Problem => ({ path: shown, kind: 'invalid-config', message }),
  ): FoundConfig {
    const folder = parentOf(path) ?? path;
    return { path, folder, config, problems, problemAt: (message, ...key) => at(message, key) };
  }
}
