/**
 * Finds the file behind a Python import among a workspace's files. `from` is the importing file; a relative specifier starts with
 * dots. An absolute one is looked up from the importing file's folder and each folder above it, and from `src` in each: scripts put
 * their own folder on the path, packages their root. `roots` are the folders that a project's configuration names.
 */
export function resolvePythonModule(
  from: string,
  specifier: string,
  hasFile: (path: string) => boolean,
  roots: readonly string[] = [],
): string | undefined {
  const folder = parentOf(from);
  const level = /^\.*/.exec(specifier)?.[0].length ?? 0;
  const steps = specifier
    .slice(level)
    .split('.')
    .filter((step) => step !== '');
  if (level > 0) {
    let base: string | undefined = folder;
    for (let up = 1; up < level && base !== undefined; up++) base = base === '' ? undefined : parentOf(base);
    return base === undefined ? undefined : moduleIn(base, steps, hasFile);
  }
  if (steps.length === 0) return undefined;
  for (let base = folder; ; base = parentOf(base)) {
    const found = moduleIn(base, steps, hasFile) ?? moduleIn(base === '' ? 'src' : `${base}/src`, steps, hasFile);
    if (found !== undefined && found !== from) return found;
    if (base === '') break;
  }
  for (const root of roots) {
    const found = moduleIn(root, steps, hasFile);
    if (found !== undefined) return found;
  }
  return undefined;
}

function moduleIn(base: string, steps: readonly string[], hasFile: (path: string) => boolean): string | undefined {
  const path = [base, ...steps].filter((step) => step !== '').join('/');
  return [`${path}.py`, path === '' ? '__init__.py' : `${path}/__init__.py`].find((candidate) => hasFile(candidate));
}

function parentOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}
