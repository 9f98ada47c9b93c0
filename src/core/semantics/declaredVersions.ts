import type { VersionFacts, VersionRange } from './environment.ts';
import { ABSENT, type Fact, known, UNKNOWN } from './fact.ts';

/** What the manifests around a file declare, as plain JSON: settings cross a worker's boundary, functions do not. */
export interface DeclaredVersions {
  /** True when every manifest that applies was read, so that a distribution without an entry is proved absent. */
  readonly complete: boolean;
  /** By distribution as the manifest's ecosystem normalises it (`scikit-learn`, `@huggingface/transformers`). */
  readonly ranges: Readonly<Record<string, VersionRange>>;
  /** Declared, but with a range that decides nothing (`*`, a URL, an unpinned name). */
  readonly undecided: readonly string[];
}

export const NO_DECLARED_VERSIONS: DeclaredVersions = { complete: false, ranges: {}, undecided: [] };

/** The question form that rules use. */
export function versionFacts(declared: DeclaredVersions): VersionFacts {
  const ranges = new Map(Object.entries(declared.ranges).map(([name, range]) => [distributionKey(name), range]));
  const undecided = new Set(declared.undecided.map(distributionKey));
  return {
    version(distribution: string): Fact<VersionRange> {
      const key = distributionKey(distribution);
      const range = ranges.get(key);
      if (range !== undefined) return known(range);
      return declared.complete && !undecided.has(key) ? ABSENT : UNKNOWN;
    },
  };
}

/** PEP 503 for Python names; npm names are lower case already and keep their scope. */
function distributionKey(name: string): string {
  return name.startsWith('@') ? name.toLowerCase() : name.toLowerCase().replace(/[-_.]+/g, '-');
}
