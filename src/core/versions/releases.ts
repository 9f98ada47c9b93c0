/** First release after every version that starts with these parts: `4.40` → `4.41`, `4` → `5`. */
export function bump(version: string, parts: number): string {
  const release = releaseOf(version).slice(0, Math.max(1, parts));
  while (release.length < parts) release.push(0);
  release.push((release.pop() ?? 0) + 1);
  return release.join('.');
}

/** Numbers of the release part: `2.1.0rc1+cpu` → 2, 1, 0. */
export function releaseOf(version: string): number[] {
  const text = /^v?(?:\d+!)?(\d+(?:\.\d+)*)/.exec(version.trim())?.[1] ?? '0';
  return text.split('.').map(Number);
}

/** Exclusive bound right above a version: `<=4.44.0` means below `4.44.0.1`. */
export function justAbove(version: string): string {
  return `${releaseOf(version).join('.')}.0.1`;
}

/** `^4.2.1` → below `5`, `^0.3.1` → below `0.4`, `^0.0.3` → below `0.0.4`. */
export function caretBound(version: string): string {
  const release = releaseOf(version);
  const firstSet = release.findIndex((part) => part > 0);
  return bump(version, firstSet < 0 ? release.length : firstSet + 1);
}
