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

/** Of the patterns that match only the most specific one counts, even if nothing lies where it leads. */
function aliased(specifier: string, aliases: PathAliases | undefined): readonly (string | undefined)[] {
  const [best] = Object.keys(aliases?.paths ?? {})
    .flatMap((pattern) => matched(specifier, pattern) ?? [])
    .sort((a, b) => b.length - a.length);
  if (!aliases || !best) return [];
  return (aliases.paths[best.pattern] ?? []).map((target) =>
    join(
      aliases.base,
      target.replace('*', () => best.star),
    ),
  );
}

interface Matched {
  readonly pattern: string;
  /** What stands for the star. */
  readonly star: string;
  /** Characters before the star; a pattern without one is the most specific of all. */
  readonly length: number;
}

function matched(specifier: string, pattern: string): Matched | undefined {
  const [prefix = '', suffix] = pattern.split('*');
  if (suffix === undefined)
    return specifier === pattern ? { pattern, star: '', length: Number.POSITIVE_INFINITY } : undefined;
  if (specifier.length < prefix.length + suffix.length) return undefined;
  if (!specifier.startsWith(prefix) || !specifier.endsWith(suffix)) return undefined;
  return { pattern, star: specifier.slice(prefix.length, specifier.length - suffix.length), length: prefix.length };
}

/** The source of a compiled name (`./x.js` for `x.ts`), the path itself, with an extension, or a folder's index. */
function fileAt(path: string | undefined, hasFile: (path: string) => boolean): string | undefined {
  if (path === undefined) return undefined;
  const compiled = COMPILED.exec(path);
  const stem = compiled ? path.slice(0, compiled.index) : path;
  const candidates = [
    ...(compiled ? [`${stem}.${compiled[1]}ts`, `${stem}.tsx`] : []),
    path,
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
