import type { ApiEntry } from '../../core/semantics/apiEntry.ts';
import type { ApiFile } from './apiFile.ts';

interface Pattern {
  readonly expression: RegExp;
  readonly entry: ApiEntry;
}

interface Alias {
  readonly from: readonly string[];
  readonly to: string;
}

const LONGEST_BASE_CHAIN = 8;

/** Finds what the API data know of a qualified name. Immutable; build it once and pass it in. */
export class ApiIndex {
  private readonly exact = new Map<string, ApiEntry>();
  /** By first segment and number of segments; the most specific pattern comes first. */
  private readonly patterns = new Map<string, Pattern[]>();
  /** By first segment; the longest alias comes first. */
  private readonly aliases = new Map<string, Alias[]>();
  private readonly bases = new Map<string, readonly string[]>();
  /** Module of a global variable that a page's script tag defines. */
  readonly globals = new Map<string, string>();

  constructor(files: readonly ApiFile[]) {
    for (const file of files) this.add(file);
    for (const list of this.patterns.values()) list.sort((a, b) => moreSpecific(a.entry.name, b.entry.name));
    for (const list of this.aliases.values()) list.sort((a, b) => b.from.length - a.from.length);
  }

  /** Entry of a callable: by its canonical name, by a pattern, or inherited from a base of its type. */
  lookup(qualifiedName: string): ApiEntry | undefined {
    return this.find(this.canonicalName(qualifiedName), LONGEST_BASE_CHAIN);
  }

  /** Public name of something reached through a re-export path: `torch.utils.data.dataloader.DataLoader` → `torch.utils.data.DataLoader`. */
  canonicalName(qualifiedName: string): string {
    const root = qualifiedName.split('.', 1)[0] ?? qualifiedName;
    const candidates = this.aliases.get(root);
    if (candidates === undefined) return qualifiedName;
    const segments = qualifiedName.split('.');
    const alias = candidates.find((candidate) => startsWith(segments, candidate.from));
    if (alias === undefined) return qualifiedName;
    const renamed = [alias.to, ...segments.slice(alias.from.length)].join('.');
    return renamed === qualifiedName ? qualifiedName : this.canonicalName(renamed);
  }

  /** Direct base types that the data give for a qualified type. */
  baseTypes(type: string): readonly string[] {
    return this.bases.get(this.canonicalName(type)) ?? [];
  }

  /** True when `type` is `base` or inherits from it, as far as the data tell. */
  isSubtype(type: string, base: string): boolean {
    const pending = [this.canonicalName(type)];
    const seen = new Set<string>();
    for (let current = pending.pop(); current !== undefined; current = pending.pop()) {
      if (current === base) return true;
      if (seen.has(current)) continue;
      seen.add(current);
      pending.push(...(this.bases.get(current) ?? []));
    }
    return false;
  }

  private add(file: ApiFile): void {
    for (const entry of file.entries) {
      if (!entry.name.includes('*')) this.exact.set(entry.name, entry);
      else append(this.patterns, patternKey(entry.name), { expression: expressionOf(entry.name), entry });
    }
    for (const [from, to] of Object.entries(file.aliases ?? {})) {
      const segments = from.split('.');
      append(this.aliases, segments[0] ?? from, { from: segments, to });
    }
    for (const [type, bases] of Object.entries(file.types ?? {})) this.bases.set(type, bases);
    for (const [name, module] of Object.entries(file.globals ?? {})) this.globals.set(name, module);
  }

  private find(name: string, depth: number): ApiEntry | undefined {
    const found = this.exact.get(name) ?? this.findPattern(name);
    if (found !== undefined || depth === 0) return found;
    const dot = name.lastIndexOf('.');
    if (dot < 0) return undefined;
    for (const base of this.bases.get(name.slice(0, dot)) ?? []) {
      const inherited = this.find(base + name.slice(dot), depth - 1);
      if (inherited !== undefined) return inherited;
    }
    return undefined;
  }

  private findPattern(name: string): ApiEntry | undefined {
    return this.patterns.get(patternKey(name))?.find(({ expression }) => expression.test(name))?.entry;
  }
}

function append<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

function patternKey(name: string): string {
  const segments = name.split('.');
  return `${segments[0]}.${segments.length}`;
}

/** A `*` stays inside its segment. */
function expressionOf(pattern: string): RegExp {
  const literal = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\/-]/g, '\\$&'));
  return new RegExp(`^${literal.join('[^.]*')}$`);
}

/** `TF*` must win over `*Model` for `TFBertModel`: a literal beginning says more than a literal end. */
function moreSpecific(a: string, b: string): number {
  return b.indexOf('*') - a.indexOf('*') || b.length - a.length;
}

/** An alias needs something after it: the alias of a module does not rename the module itself. */
function startsWith(segments: readonly string[], from: readonly string[]): boolean {
  return (
    segments.length > from.length &&
    from.every((part, index) => part === segments[index] || isModule(part, segments[index]))
  );
}

function isModule(part: string, segment: string | undefined): boolean {
  return part === '*' && segment !== undefined && /^[a-z_]/.test(segment);
}
