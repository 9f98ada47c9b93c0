import type { VersionRange } from '../../src/core/semantics/environment.ts';
import type { Fact } from '../../src/core/semantics/fact.ts';

export type Answer = 'yes' | 'no' | 'unknown';

/** Whether every version that the manifests allow is `version` or later (`yes`), is earlier (`no`), or neither is proved. */
export function isAtLeast(range: Fact<VersionRange>, version: string): Answer {
  if (range.kind !== 'known') return 'unknown';
  const { exact, min, below } = range.value;
  const lowest = exact ?? min;
  if (lowest !== undefined && compareVersions(lowest, version) >= 0) return 'yes';
  if (exact !== undefined) return 'no';
  return below !== undefined && compareVersions(below, version) <= 0 ? 'no' : 'unknown';
}

/** Compares release numbers (`4.9` < `4.57.1`); what follows them (`rc1`, `+cpu`) does not count. */
export function compareVersions(left: string, right: string): number {
  const a = releaseOf(left);
  const b = releaseOf(right);
  for (let index = 0; index < Math.max(a.length, b.length); index++) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function releaseOf(version: string): readonly number[] {
  const [release = ''] = /^v?\d+(?:\.\d+)*/.exec(version.trim()) ?? [];
  return release.replace('v', '').split('.').map(Number);
}
