import { parse } from 'smol-toml';
import { isTable, listOf, stringsOf, tableAt } from '../../core/versions/manifests/readValue.ts';

/** Folders below a pyproject.toml's own in which its packages lie: setuptools, Poetry, Hatch, PDM, pytest, pyright. */
export function pyprojectRoots(text: string): readonly string[] {
  let project: unknown;
  try {
    project = parse(text);
  } catch {
    return [];
  }
  const tool = tableAt(project, 'tool');
  const setuptools = tableAt(tool, 'setuptools');
  const packages = listOf(tableAt(tool, 'poetry')['packages']);
  return [
    ...Object.entries(tableAt(setuptools, 'package-dir')).flatMap(([name, folder]) =>
      typeof folder === 'string' ? [parentOfPackage(name, folder)] : [],
    ),
    ...stringsOf(tableAt(setuptools, 'packages', 'find')['where']),
    ...packages.flatMap((item) => (isTable(item) && typeof item['from'] === 'string' ? [item['from']] : [])),
    ...stringsOf(tableAt(tool, 'hatch', 'build', 'targets', 'wheel')['packages']).map((path) =>
      path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '',
    ),
    ...textsOf(tableAt(tool, 'pdm', 'build')['package-dir']),
    ...textsOf(tableAt(tool, 'pytest', 'ini_options')['pythonpath']),
    ...stringsOf(tableAt(tool, 'pyright')['extraPaths']),
  ];
}

/** `package_dir={"": "lib"}` and `find_packages("lib")` or `where="lib"` of a setup.py; `package_dir` and `where` of a setup.cfg. */
export function setupRoots(text: string): readonly string[] {
  const patterns = [
    /package_dir\s*=\s*\{\s*['"]['"]\s*:\s*['"]([^'"]+)['"]/,
    /find_(?:namespace_)?packages\(\s*(?:where\s*=\s*)?['"]([^'"]+)['"]/,
    /^package_dir\s*=\s*\n?\s*=\s*(\S+)/m,
    /^where\s*=\s*(\S+)\s*$/m,
  ];
  return patterns.flatMap((pattern) => pattern.exec(text)?.[1] ?? []);
}

/** `{"pkg" = "lib/pkg"}` puts `lib` on the path, `{"" = "lib"}` as well; a package under another name is not followed. */
function parentOfPackage(name: string, folder: string): string {
  if (name === '') return folder;
  return folder.endsWith(`/${name}`) ? folder.slice(0, -name.length - 1) : '';
}

function textsOf(value: unknown): readonly string[] {
  return typeof value === 'string' ? [value] : stringsOf(value);
}
