const EXTENSIONS = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs'];
const COMPILED = /\.([mc]?)jsx?$/;

/** `paths` of a tsconfig, with the folder that they start from. */
export interface PathAliases {
  readonly base: string;
  /** `@/*` → `src/*`. */
  readonly paths: Readonly<Record<string, readonly string[]>>;
}

/** Finds the file behind a relative or aliased specifier among a workspace's files; packages are not looked up. */
export function resolveJavaScriptModule(
  from: string,
  specifier: string,
  hasFile: (path: string) => boolean,
  aliases: PathAliases | undefined,
): string | undefined {
  if (specifier.startsWith('.')) return fileAt(join(parentOf(from), specifier), hasFile);
  for (const candidate of aliased(specifier, aliases)) {
    const found = fileAt(candidate, hasFile);
    if (found !== undefined) return found;
  }
  return undefined;
}

function aliased(specifier: string, aliases: PathAliases | undefined): readonly (string | undefined)[] {
  if (!aliases) return [];
  return Object.entries(aliases.paths).flatMap(([pattern, targets]) => {
    const [prefix = '', suffix] = pattern.split('*');
    if (suffix === undefined) return specifier === pattern ? targets.map((target) => join(aliases.base, target)) : [];
    if (!specifier.startsWith(prefix) || !specifier.endsWith(suffix)) return [];
    const star = specifier.slice(prefix.length, specifier.length - suffix.length);
    return targets.map((target) => join(aliases.base, target.replace('*', star)));
  });
}

/** The path itself, with an extension, as the source of a compiled name (`./x.js` for `x.ts`), or a folder's index. */
function fileAt(path: string | undefined, hasFile: (path: string) => boolean): string | undefined {
  if (path === undefined) return undefined;
  const compiled = COMPILED.exec(path);
  const stem = compiled ? path.slice(0, compiled.index) : path;
  const candidates = [
    path,
    ...(compiled ? [`${stem}.${compiled[1]}ts`, `${stem}.tsx`] : []),
    ...EXTENSIONS.map((extension) => path + extension),
    ...EXTENSIONS.map((extension) => (path === '' ? `index${extension}` : `${path}/index${extension}`)),
  ];
  return candidates.find((candidate) => hasFile(candidate));
}

function join(base: string, relative: string): string | undefined {
  const steps = base === '' ? [] : base.split('/');
  for (const step of relative.split('/')) {
    if (step === '' || step === '.') continue;
    if (step !== '..') steps.push(step);
    else if (steps.pop() === undefined) return undefined;
  }
  return steps.join('/');
}

function parentOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}
