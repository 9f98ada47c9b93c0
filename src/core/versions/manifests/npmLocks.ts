import { parse } from 'yaml';
import { type Declaration, type Manifest, manifest } from '../declaration.ts';
import { isTable, tableAt, textOf } from './readValue.ts';

/** `package-lock.json` versions 1 to 3, for the package in `folder` (relative to the lock file, '' for its own). Throws on broken JSON. */
export function packageLock(text: string, folder: string): Manifest {
  const root: unknown = JSON.parse(text);
  const resolved = new Map<string, Declaration>();
  for (const [name, entry] of Object.entries(tableAt(root, 'dependencies'))) add(name, entry);
  const packages = Object.entries(tableAt(root, 'packages'));
  for (const [path, entry] of packages) if (path.startsWith('node_modules/')) add(path.slice(13), entry);
  // A workspace's own copy is nearer than the hoisted one.
  const own = `${folder}/node_modules/`;
  if (folder !== '') for (const [path, entry] of packages) if (path.startsWith(own)) add(path.slice(own.length), entry);
  return manifest([...resolved.values()], { form: 'lock' });

  function add(name: string, entry: unknown): void {
    const version = isTable(entry) ? textOf(entry['version']) : undefined;
    if (version !== undefined && !name.includes('/node_modules/'))
      resolved.set(name.toLowerCase(), locked(name, version));
  }
}

/** `pnpm-lock.yaml` versions 5 to 9, for the package in `folder`. Throws on broken YAML. */
export function pnpmLock(text: string, folder: string): Manifest {
  const root: unknown = parse(text);
  const importers = tableAt(root, 'importers');
  const importer = Object.keys(importers).length === 0 ? root : importers[folder === '' ? '.' : folder];
  const sections = ['dependencies', 'devDependencies', 'optionalDependencies'];
  const declarations = sections.flatMap((section) =>
    Object.entries(tableAt(importer, section)).flatMap(([name, entry]) => {
      const written = isTable(entry) ? textOf(entry['version']) : textOf(entry);
      // `4.1.0(react@18.2.0)` and `4.1.0_react@18.2.0` carry the peers they were resolved with.
      const version = /^\d[^(_]*/.exec(written ?? '')?.[0];
      return version === undefined ? [] : locked(name, version);
    }),
  );
  return manifest(declarations, { form: 'lock' });
}

/** `yarn.lock` of Yarn 1 and of Berry. A name that is resolved to several versions is left out. */
export function yarnLock(text: string): Manifest {
  const versions = new Map<string, Set<string>>();
  let names: readonly string[] = [];
  for (const line of text.split(/\r\n|\n/)) {
    const header = /^("?[^\s#].*):\s*$/.exec(line)?.[1];
    if (header !== undefined) names = header.split(',').map(nameOfDescriptor);
    const version = /^\s{2}version:?\s+"?([^"\s]+)"?/.exec(line)?.[1];
    if (version === undefined) continue;
    for (const name of new Set(names)) versions.set(name, (versions.get(name) ?? new Set()).add(version));
  }
  const declarations = [...versions].flatMap(([name, found]) => {
    const [version] = found;
    return found.size === 1 && version !== undefined && /^\d/.test(version) ? locked(name, version) : [];
  });
  return manifest(declarations, { form: 'lock' });
}

/** `"@huggingface/transformers@npm:^3.0.0"` → `@huggingface/transformers`. */
function nameOfDescriptor(descriptor: string): string {
  const text = descriptor.trim().replace(/^"|"$/g, '');
  return text.slice(0, text.indexOf('@', 1) < 0 ? text.length : text.indexOf('@', 1));
}

function locked(name: string, version: string): Declaration {
  return { name: name.toLowerCase(), constraint: { exact: version, min: version }, text: `${name} ${version}` };
}
