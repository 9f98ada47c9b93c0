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
      const marker = isTable(entry) ? markerOf(entry) : '';
      const version = isTable(entry) ? textOf(entry['version']) : textOf(entry);
      return {
        name: pythonName(name),
        constraint: version === undefined ? {} : pythonSpecifier(version, 'poetry'),
        ...(marker === '' ? {} : { marker }),
        text: `${name} = ${version === undefined ? '…' : `"${version}"`}`,
      };
    }),
  );
}

/** Under what an entry of Poetry or Pipenv counts, as one PEP 508 marker; '' for always. */
export function markerOf(entry: Table): string {
  const platform = textOf(entry['platform']);
  return [
    textOf(entry['markers']),
    platform === undefined ? undefined : `sys_platform == "${platform}"`,
    ...(textOf(entry['python'])
      ?.split(',')
      .map((clause) => pythonMarker(clause.trim())) ?? []),
    // Pipenv: any marker's name is a key, with operator and value: `sys_platform = "== 'win32'"`.
    ...['sys_platform', 'platform_system', 'platform_machine', 'os_name', 'python_version'].map((name) => {
      const condition = textOf(entry[name]);
      return condition === undefined ? undefined : `${name} ${condition}`;
    }),
  ]
    .flatMap((part) => (part ? `(${part})` : []))
    .join(' and ');
}

/** `>=3.9` of Poetry's `python`; carets and tildes are left as they are, which no marker means. */
function pythonMarker(clause: string): string {
  const match = /^(<=|>=|==|!=|<|>)?\s*(\d[\w.*]*)$/.exec(clause);
  return match ? `python_version ${match[1] ?? '=='} "${match[2]}"` : clause;
}
