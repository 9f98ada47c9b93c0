import { parse } from 'smol-toml';
import { type Manifest, manifest, pythonName } from '../declaration.ts';
import { pythonSpecifier } from '../pythonSpecifier.ts';
import { markerOf, poetryTable } from './pyprojectToml.ts';
import { isTable, tableAt, textOf } from './readValue.ts';

/** `Pipfile`. Throws on broken TOML, with the place. */
export function pipfile(text: string): Manifest {
  const root = parse(text);
  return manifest([...poetryTable(tableAt(root, 'packages')), ...poetryTable(tableAt(root, 'dev-packages'))]);
}

/** `Pipfile.lock`. Throws on broken JSON. */
export function pipfileLock(text: string): Manifest {
  const root: unknown = JSON.parse(text);
  const sections = [tableAt(root, 'default'), tableAt(root, 'develop')];
  const declarations = sections.flatMap((section) =>
    Object.entries(section).flatMap(([name, entry]) => {
      const version = isTable(entry) ? textOf(entry['version']) : undefined;
      if (version === undefined) return [];
      const marker = isTable(entry) ? markerOf(entry) : '';
      return {
        name: pythonName(name),
        constraint: pythonSpecifier(version),
        ...(marker === '' ? {} : { marker }),
        text: `${name} ${version}`,
      };
    }),
  );
  return manifest(declarations, { form: 'lock' });
}
