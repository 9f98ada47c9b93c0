import type { LinkFacts } from './linkFacts.ts';

/**
 * Whether the other files say the same, told by the identity of their parts: hosts keep them from one request to the next, and the
 * parts of a central file are a megabyte. Equal parts that were made twice count as different ones.
 */
export function isSameLink(one: LinkFacts | undefined, other: LinkFacts | undefined): boolean {
  if (!one || !other) return one === other;
  const imports = Object.entries(one.resolved);
  return (
    one.summaries.length === other.summaries.length &&
    one.summaries.every((summary, index) => summary === other.summaries[index]) &&
    imports.length === Object.keys(other.resolved).length &&
    imports.every(([path, resolved]) => other.resolved[path] === resolved)
  );
}
