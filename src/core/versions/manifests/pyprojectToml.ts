import { parse } from 'smol-toml';
import { type Declaration, type Manifest, manifest, pythonName } from '../declaration.ts';
import { pythonRequirement } from '../pythonRequirement.ts';
import { pythonSpecifier } from '../pythonSpecifier.ts';
import { isTable, listOf, stringsOf, type Table, tableAt, textOf } from './readValue.ts';

/** `pyproject.toml`: PEP 621, optional and PEP 735 groups, Poetry, uv, PDM, Hatch. Throws on broken TOML, with the place. */
export function pyprojectToml(text: string): Manifest {
  const root = parse(text);
  const project = tableAt(root, 'project');
  const requirements = [
    ...stringsOf(project['dependencies']),
    ...Object.values(tableAt(project, 'optional-dependencies')).flatMap(stringsOf),
    ...Object.values(tableAt(root, 'dependency-groups')).flatMap(stringsOf),
    ...stringsOf(tableAt(root, 'tool', 'uv')['dev-dependencies']),
    ...stringsOf(tableAt(root, 'tool', 'uv')['constraint-dependencies']),
    ...Object.values(tableAt(root, 'tool', 'pdm', 'dev-dependencies')).flatMap(stringsOf),
    ...Object.values(tableAt(root, 'tool', 'hatch', 'envs')).flatMap((env) => stringsOf(tableAt(env)['dependencies'])),
  ];
  const poetry = tableAt(root, 'tool', 'poetry');
  const poetryTables = [
    tableAt(poetry, 'dependencies'),
    tableAt(poetry, 'dev-dependencies'),
    ...Object.values(tableAt(poetry, 'group')).map((group) => tableAt(group, 'dependencies')),
  ];
  const declarations = [
    ...requirements.flatMap((line) => pythonRequirement(line) ?? []),
    ...poetryTables.flatMap(poetryTable),
  ];
  const names = Object.keys(project).length > 0 || Object.keys(poetry).length > 0 || declarations.length > 0;
  const isDynamic = stringsOf(project['dynamic']).includes('dependencies');
  return manifest(declarations, { form: names ? 'manifest' : 'silent', isComplete: !isDynamic });
}

/** `transformers = "^4.40"`, `{ version = "…", extras = […] }`, `{ git = "…" }`, or a list of those under markers. */
export function poetryTable(table: Table): readonly Declaration[] {
  return Object.entries(table).flatMap(([name, value]) =>
    (Array.isArray(value) ? listOf(value) : [value]).map((entry): Declaration => {
      const version = isTable(entry) ? textOf(entry['version']) : textOf(entry);
      return {
        name: pythonName(name),
        constraint: version === undefined ? {} : pythonSpecifier(version, 'poetry'),
        text: `${name} = ${version === undefined ? '…' : `"${version}"`}`,
      };
    }),
  );
}
