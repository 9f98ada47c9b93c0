/** Below this, names share little but chance: `atlantis` and `Cook Islands` have 0.35. */
const LEAST_ALIKE = 0.36;

/** The names most like `text`, best first, for "did you mean". Compares pairs of letters (Dice), so word order and punctuation matter little. */
export function nearestNames(text: string, names: Iterable<string>, count = 3): string[] {
  const wanted = bigrams(text);
  const scored: { name: string; score: number }[] = [];
  for (const name of names) {
    const score = dice(wanted, bigrams(name));
    if (score > LEAST_ALIKE) scored.push({ name, score });
  }
  return scored
    .sort((a, b) => b.score - a.score)
    .slice(0, count)
    .map((entry) => entry.name);
}

function bigrams(text: string): Set<string> {
  const letters = text.toLowerCase().replace(/[^a-z0-9]/g, '');
  const pairs = new Set<string>();
  for (let at = 0; at + 2 <= letters.length; at += 1) pairs.add(letters.slice(at, at + 2));
  return pairs;
}

function dice(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a.size + b.size === 0) return 0;
  let shared = 0;
  for (const pair of a) if (b.has(pair)) shared += 1;
  return (2 * shared) / (a.size + b.size);
}
