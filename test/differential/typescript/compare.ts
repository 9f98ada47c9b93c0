/** A fact that one side alone has; `text` is the whole file. */
export interface Difference {
  readonly side: 'oracle' | 'front end';
  readonly fact: string;
  readonly text: string;
}

interface Explanation {
  readonly reason: string;
  explains(difference: Difference): boolean;
}

/** Differences that are right or known, each with its reason. */
const explanations: readonly Explanation[] = [
  {
    reason: 'the grammar takes `new`, a comment and a line break as the name `new` followed by a new statement',
    explains: ({ side, fact, text }) => {
      const start = Number(/^call (\d+)/.exec(fact)?.[1] ?? text.length);
      if (side === 'oracle') return /^new\s*\/\*[^*]*\*\/\s/.test(text.slice(start));
      return /\bnew\s*\/\*[^*]*\*\/\s*$/.test(text.slice(0, start));
    },
  },
];

/** Multiset difference of two sorted lists of facts. */
export function differences(
  oracle: readonly string[],
  frontEnd: readonly string[],
  text: string,
): readonly Difference[] {
  return [
    ...without(oracle, frontEnd).map((fact): Difference => ({ side: 'oracle', fact, text })),
    ...without(frontEnd, oracle).map((fact): Difference => ({ side: 'front end', fact, text })),
  ];
}

export function reasonOf(difference: Difference): string | undefined {
  return explanations.find((explanation) => explanation.explains(difference))?.reason;
}

function without(facts: readonly string[], removed: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const fact of removed) counts.set(fact, (counts.get(fact) ?? 0) + 1);
  return facts.filter((fact) => {
    const left = counts.get(fact) ?? 0;
    counts.set(fact, left - 1);
    return left <= 0;
  });
}
