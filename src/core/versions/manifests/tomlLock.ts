import { parse } from 'smol-toml';
import { type Manifest, manifest, pythonName } from '../declaration.ts';
import { isTable, listOf, textOf } from './readValue.ts';

/** `uv.lock`, `poetry.lock` and `pdm.lock`: a `[[package]]` per resolved distribution. Throws on broken TOML. */
export function tomlLock(text: string): Manifest {
  const declarations = listOf(parse(text)['package']).flatMap((entry) => {
    if (!isTable(entry)) return [];
    const name = textOf(entry['name']);
    const version = textOf(entry['version']);
    if (name === undefined || version === undefined) return [];
    const constraint = { exact: version, min: version.replace(/\+.*$/, '') };
    return { name: pythonName(name), constraint, text: `${name} ${version}` };
  });
  return manifest(declarations, { form: 'lock' });
}
