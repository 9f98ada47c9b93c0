import { isTable, stringsOf, type Table, tableAt } from '../../core/versions/manifests/readValue.ts';
import type { PathAliases } from '../../core/workspace/javascriptModules.ts';

/** Conditions of `imports` and `exports`, sources before what is built from them. */
const CONDITIONS = ['source', 'development', 'types', 'import', 'module', 'default', 'node', 'require'];
const BUILT = /^(?:\.\/)?(?:dist|build|lib|out|esm|cjs)\/(?:(?:esm|cjs|src)\/)?/;

/** `imports` of a package.json: `#lib/*` inside the package. */
function importAliases(folder: string, manifest: Table): PathAliases | undefined {
  const entries = Object.entries(tableAt(manifest, 'imports')).map(([pattern, target]): [string, readonly string[]] => [
    pattern,
    sources(targetsOf(target)),
  ]);
  return entries.length === 0 ? undefined : { base: folder, paths: Object.fromEntries(entries) };
}

/** How other packages of a monorepo import this one: by its name, mostly of what a build makes of `src`. */
export function packageAliases(folder: string, manifest: Table): PathAliases | undefined {
  const { name, exports } = manifest;
  if (typeof name !== 'string') return undefined;
  const main = [manifest['source'], isTable(exports) ? (exports['.'] ?? rootOf(exports)) : exports];
  const fallback = [manifest['types'], manifest['module'], manifest['main']];
  const paths: Record<string, readonly string[]> = {
    [name]: sources([...main.flatMap(targetsOf), ...fallback.flatMap(targetsOf), 'src/index', 'index']),
  };
  if (isTable(exports)) {
    for (const [subpath, target] of Object.entries(exports))
      if (subpath.startsWith('./')) paths[`${name}/${subpath.slice(2)}`] = sources(targetsOf(target));
  }
  // A package that says what it exports exports nothing else.
  if (exports === undefined) paths[`${name}/*`] = sources(['*', 'src/*']);
  return { base: folder, paths };
}

/** A package may import itself by its name if it says what it exports. */
export function ownAliases(folder: string, manifest: Table): readonly PathAliases[] {
  const own = [importAliases(folder, manifest), manifest['exports'] ? packageAliases(folder, manifest) : undefined];
  return own.filter((aliases) => aliases !== undefined);
}

/** `exports` whose keys are conditions speaks of the package itself. */
function rootOf(exports: Table): Table | undefined {
  return Object.keys(exports).some((key) => key.startsWith('.')) ? undefined : exports;
}

function targetsOf(target: unknown): readonly string[] {
  if (typeof target === 'string') return [target];
  if (Array.isArray(target)) return stringsOf(target);
  if (!isTable(target)) return [];
  return CONDITIONS.flatMap((condition) => targetsOf(target[condition]));
}

/** The targets with the sources that they are built from: `./dist/index.d.ts` comes from `src/index`. */
function sources(targets: readonly string[]): readonly string[] {
  const found = targets.flatMap((target) => {
    const plain = target.replace(/\.d\.([mc]?)ts$/, '.$1js');
    return BUILT.test(plain) ? [plain, plain.replace(BUILT, 'src/')] : [plain];
  });
  return [...new Set(found)];
}
