import type { VersionRange } from '../../src/core/semantics/environment.ts';
import type { Fact } from '../../src/core/semantics/fact.ts';
import { compareVersions } from '../../src/core/versions/compareVersions.ts';

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
