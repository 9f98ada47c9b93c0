import { parse } from 'jsonc-parser';
import { isTable, listOf, stringsOf, type Table, tableAt } from '../../core/versions/manifests/readValue.ts';
import type { PathAliases } from '../../core/workspace/javascriptModules.ts';
import { joinInside } from './relativePaths.ts';

/** Configurations that extend each other are followed this far. */
const MOST_EXTENDS = 6;

interface TsconfigReader {
  /** Text of a file by its path below the root; `undefined` when it cannot be read. */
  readonly read: (path: string) => Promise<string | undefined>;
  /** File that a configuration names by a package (`@repo/tsconfig/base.json`). */
  readonly packageFile: (specifier: string) => Promise<string | undefined>;
}

interface Options {
  readonly baseUrl?: string;
  readonly paths?: { readonly base: string; readonly table: Table };
}

/** `paths` and `baseUrl` of a tsconfig or jsconfig, with what it extends; of the referenced projects where it is only their list. */
export async function tsconfigAliases(path: string, reader: TsconfigReader): Promise<readonly PathAliases[]> {
  const { options, references } = await readOptions(path, reader, 0);
  const own = aliasesOf(options);
  if (own.length > 0) return own;
  const referenced = await Promise.all(
    references.map(async (reference) => aliasesOf((await readOptions(reference, reader, 0)).options)),
  );
  return referenced.flat();
}

async function readOptions(
  path: string,
  reader: TsconfigReader,
  depth: number,
): Promise<{ readonly options: Options; readonly references: readonly string[] }> {
  const text = depth < MOST_EXTENDS ? await reader.read(path) : undefined;
  const config: unknown = text === undefined ? undefined : parse(text, [], { allowTrailingComma: true });
  if (!isTable(config)) return { options: {}, references: [] };
  const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
  let options: Options = {};
  for (const parent of typeof config['extends'] === 'string' ? [config['extends']] : stringsOf(config['extends'])) {
    const file = await extended(parent, folder, reader);
    if (file !== undefined) options = { ...options, ...(await readOptions(file, reader, depth + 1)).options };
  }
  const compiler = tableAt(config, 'compilerOptions');
  if (typeof compiler['baseUrl'] === 'string') {
    const baseUrl = joinInside(folder, withoutVariable(compiler['baseUrl']));
    if (baseUrl !== undefined) options = { ...options, baseUrl };
  }
  if (isTable(compiler['paths']))
    options = { ...options, paths: { base: options.baseUrl ?? folder, table: compiler['paths'] } };
  return { options, references: referencesOf(config, folder) };
}

async function extended(specifier: string, folder: string, reader: TsconfigReader): Promise<string | undefined> {
  if (!specifier.startsWith('.')) return reader.packageFile(specifier);
  const path = joinInside(folder, specifier);
  return path === undefined || path.endsWith('.json') ? path : `${path}.json`;
}

function referencesOf(config: Table, folder: string): readonly string[] {
  return listOf(config['references']).flatMap((reference) => {
    const target = isTable(reference) && typeof reference['path'] === 'string' ? reference['path'] : undefined;
    const path = target === undefined ? undefined : joinInside(folder, target);
    return path === undefined ? [] : [path.endsWith('.json') ? path : `${path}/tsconfig.json`];
  });
}

/** `paths`, then `baseUrl`, which makes its folder a place for every name that they do not lead to. */
function aliasesOf({ baseUrl, paths }: Options): readonly PathAliases[] {
  const found: PathAliases[] = [];
  if (paths) {
    const entries = Object.entries(paths.table).map(([pattern, targets]): [string, readonly string[]] => [
      pattern,
      stringsOf(targets).map(withoutVariable),
    ]);
    found.push({ base: paths.base, paths: Object.fromEntries(entries) });
  }
  if (baseUrl !== undefined) found.push({ base: baseUrl, paths: { '*': ['*'] } });
  return found;
}

function withoutVariable(path: string): string {
  return path.replace(/^\$\{configDir\}\/?/, './');
}
