/** Facts that only one side has. */
export function multisetDifference(expected: readonly string[], found: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const fact of expected) counts.set(fact, (counts.get(fact) ?? 0) + 1);
  for (const fact of found) counts.set(fact, (counts.get(fact) ?? 0) - 1);
  return [...counts]
    .filter(([, count]) => count !== 0)
    .map(([fact, count]) => `${count > 0 ? 'missing' : 'extra'}: ${fact}`);
}
